import { bringIn, takeOut } from "../carry.js";
import { button, h, say } from "./dom.js";
import { openOnce } from "./shared.js";

/** Buttons with which a visitor brings ratings from elsewhere, and takes them along. `attempt` does and tells, as in the foot. */
export function carriage({ recommender, files, line, attempt }) {
  const { texts } = recommender;
  const importers = () => openOnce(files, "importers");

  async function bring() {
    const before = new Map(recommender.ratings().map((rating) => [rating.item, rating]));
    const report = await bringIn(await importers(), recommender, [...input.files], true);
    input.value = "";
    if (report.refused.length && !report.planned.length) {
      line.say([texts.carriedNot]);
      return;
    }
    const changed = report.planned.filter(({ verdict }) => verdict === "new" || verdict === "changed");
    const takeBack = () =>
      attempt(
        () => recommender.restore(changed.map(({ after: { item } }) => [item, before.get(item) ?? null])),
        [texts.undone],
      );
    line.say([say(texts.carried, { count: changed.length, missed: report.missed.length })], changed.length ? takeBack : undefined);
  }

  async function save() {
    const json = await takeOut(await importers(), recommender, "json");
    const address = URL.createObjectURL(new Blob([json], { type: "application/json" }));
    h("a", { href: address, download: "matinee-ratings.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  const input = h("input", { type: "file", multiple: true, hidden: true, onchange: () => attempt(bring) });
  return h(
    "div",
    { class: "carry" },
    button(texts.carry, () => input.click(), { class: "button plain", title: texts.carryHow }),
    button(texts.save, () => attempt(save), { class: "button plain" }),
    h("p", { class: "how" }, texts.carryHow),
    input,
  );
}
