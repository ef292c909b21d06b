import { expected, opener } from "./card.js";
import { cover } from "./cover.js";
import { deeds } from "./deeds.js";
import { h, sayTitle } from "./dom.js";
import { starRating } from "./stars.js";

/** Stars for one film. */
export function rateOne(context, film) {
  const { recommender, foot, matinee } = context;
  const { rate } = deeds(context);
  const stars = starRating({ title: film.title, recommender, large: true, onrate: (given) => rate(film, given) });
  const likely = h("div");
  const question = h("h2", { class: "heading", part: "heading question" });
  question.append(...sayTitle(recommender.texts.rateThis, { title: film.title }));

  function refresh() {
    const given = recommender.rating(film.key)?.stars ?? null;
    const prediction = given === null ? recommender.predict(film.key) : null;
    stars.set(given);
    likely.replaceChildren(...(prediction ? [expected(prediction, recommender)] : []));
    foot.update();
  }

  matinee.replaceChildren(
    h("div", { class: "head rate" }, h("slot", { name: "heading" }, question)),
    h(
      "div",
      { class: "stage" },
      h(
        "div",
        { class: "list" },
        h(
          "div",
          { part: "card", "data-item": film.key },
          h("div", { class: "picture" }, cover(film.cover)),
          h(
            "div",
            { class: "text" },
            h("p", { class: "line" }, opener(context, film, { part: "title" }, film.title)),
            h("p", { part: "facts" }, film.facts),
            stars.node,
            likely,
          ),
        ),
      ),
    ),
    foot.node,
  );
  refresh();
  return { films: [film], refresh, told: refresh, detach: stars.drop };
}
