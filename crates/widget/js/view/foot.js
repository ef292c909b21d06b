import { carriage } from "./carry.js";
import { button, h, iconButton, say, sayTitle } from "./dom.js";

/** How long what was said stays, unless the visitor is at it. */
const SAID_MS = 12_000;

/**
 * The line below: where ratings are kept, and what just happened with the way back. Its button shows what the visitor said,
 * in place of the films, so that nothing around the element moves.
 */
export function footLine({ recommender, kind, files, tell, matinee }) {
  const { texts } = recommender;
  const kept = h("p", { class: "kept" });
  const said = h("p", { class: "said", role: "status" });
  const undo = h("span", { class: "undo" });
  const open = button(texts.yourRatings, () => (panel ? close() : show()), { class: "button plain", "aria-expanded": "false" });
  const node = h("div", { part: "foot", class: `foot ${kind}` }, kept, said, undo, open);
  let timer = 0;
  let panel = null;
  const covered = () => matinee.querySelector(".list");
  const holdsFocus = (element) => element.contains(matinee.getRootNode().activeElement);

  function hush() {
    clearTimeout(timer);
    if (node.matches(":hover, :focus-within")) {
      timer = setTimeout(hush, SAID_MS);
      return;
    }
    said.replaceChildren();
    undo.replaceChildren();
    node.classList.remove("saying");
  }

  function show() {
    panel = h("section", { class: "panel", "aria-label": texts.yourRatings, tabindex: -1 });
    panel.addEventListener("keydown", ({ key }) => key === "Escape" && close());
    covered().inert = true;
    covered().after(panel);
    open.setAttribute("aria-expanded", "true");
    open.textContent = texts.close;
    fillPanel();
    panel.focus({ preventScroll: true });
  }

  function close() {
    panel.remove();
    panel = null;
    covered().inert = false;
    open.setAttribute("aria-expanded", "false");
    open.textContent = texts.yourRatings;
    open.focus({ preventScroll: true });
  }

  /** Does it and says so, in `words` unless it says so itself. */
  async function attempt(deed, words, takeBack) {
    try {
      await deed();
      if (words) line.say(words, takeBack);
    } catch (error) {
      line.say([texts.notKept]);
      tell(error);
    }
  }

  const words = (rating) => {
    if (rating.stars !== null) return recommender.starsWords(rating.stars);
    if (rating.notForMe) return texts.notForMeShort;
    return rating.unseen ? texts.haventSeen : "";
  };

  function remove(rating) {
    attempt(
      () => recommender.restore([[rating.item, null]]),
      sayTitle(texts.unrated, { title: rating.title }),
      () => attempt(() => recommender.restore([[rating.item, rating]]), [texts.undone]),
    );
  }

  function fillPanel() {
    const held = holdsFocus(panel);
    const ratings = recommender.ratings();
    const rows = ratings.map((rating) =>
      h(
        "li",
        null,
        h("cite", null, rating.title),
        h("span", null, words(rating)),
        iconButton("remove", say(texts.remove, { title: rating.title }), () => remove(rating), { class: "pass" }),
      ),
    );
    const forget = button(texts.forgetAll, () => forget.replaceWith(...sure()), { class: "button quiet" });
    panel.replaceChildren(rows.length ? h("ul", null, rows) : h("p", null, texts.noRatings), rows.length ? forget : "", carry);
    if (held) panel.focus({ preventScroll: true });
  }

  function sure() {
    const forget = button(texts.forgetAll, () => attempt(() => recommender.clear(), [texts.forgotten]), { class: "button quiet" });
    queueMicrotask(() => forget.focus());
    return [h("p", { role: "alert" }, texts.forgetAllSure), forget];
  }

  const line = {
    node,
    /** Says what happened; `takeBack` is what undoes it. */
    say(words, takeBack) {
      const held = holdsFocus(undo);
      said.replaceChildren(...words);
      undo.replaceChildren(...(takeBack ? [button(texts.undo, takeBack, { class: "button plain" })] : []));
      if (held) (undo.firstChild ?? open).focus({ preventScroll: true });
      node.classList.add("saying");
      clearTimeout(timer);
      timer = setTimeout(hush, SAID_MS);
    },
    /** Ratings changed. */
    update() {
      const where = recommender.storage.persistent ? say(texts.keptHere, { site: location.host }) : texts.keptNot;
      const invited = kind === "recommendations" && !recommender.ratings().length;
      kept.textContent = invited ? `${texts.rateAFew} ${where}` : where;
      if (panel) fillPanel();
    },
    detach() {
      clearTimeout(timer);
    },
  };
  const carry = carriage({ recommender, files, line, attempt });
  return line;
}
