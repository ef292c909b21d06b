import { cover } from "./cover.js";
import { h, iconButton, say } from "./dom.js";
import { link } from "./link.js";
import { starRating } from "./stars.js";
import { fromTemplate } from "./template.js";

const STARS = 5;

/** Why a film is recommended, with the titles in it set as titles. */
export function reasonNodes(reason) {
  return reason.parts.map(({ text, title }) => (title ? h("cite", null, text) : text));
}

/** "≈ 4.1", with a line from the low end to the high end; in full for whoever points at it or hears it. */
export function expected({ stars, low, high }, recommender) {
  const tenths = (number) => recommender.tenths(number);
  const words = say(recommender.texts.likely, { likely: tenths(stars), low: tenths(low), high: tenths(high) });
  const range = h("span", { class: "range", "aria-hidden": "true" });
  for (const [name, place] of Object.entries({ low, at: stars, high })) {
    range.style.setProperty(`--${name}`, `${Math.min(Math.max((place / STARS) * 100, 0), 100)}%`);
  }
  return h(
    "p",
    { part: "expected", title: words },
    h("span", { class: "unseen" }, words),
    h("span", { "aria-hidden": "true" }, `≈\u{a0}${tenths(stars)}`),
    range,
  );
}

/** A link to where a click on the film goes, or a button where that is for the page to say. */
export function opener(context, film, attributes, ...children) {
  const href = link(context.host.href, film, document.baseURI);
  const onclick = (event) => {
    // Other clicks are between visitor and browser: a new tab, a download.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const { key: item, title, year, imdb, tmdb } = film;
    if (!context.emit("select", { item, title, year, imdb, tmdb, href }, { cancelable: true })) event.preventDefault();
  };
  return href
    ? h("a", { href, onclick, ...attributes }, ...children)
    : h("button", { type: "button", onclick, ...attributes }, ...children);
}

/** How a film is called where there is nothing else to tell it by. */
export function fullName({ title, year }) {
  return year ? `${title} (${year})` : title;
}

/** A film on a shelf, in a grid or in a list. `onrate` and `onpass` get the film. */
export function filmCard(context, first, { form, onrate, onpass }) {
  const { recommender } = context;
  const { texts } = recommender;
  let film = first;
  const stars = starRating({ title: film.title, recommender, deferred: true, onrate: (given) => onrate(film, given) });
  const name = say(texts.notForMe, { title: film.title });
  const pass = iconButton("pass", name, () => onpass(film), { part: "pass" });
  const item = h("li", { part: "card", "data-item": film.key });

  let update;
  const template = context.template();
  if (template) {
    const filled = fromTemplate(template, context, film, { stars: stars.node, pass: () => onpass(film), passName: name });
    item.classList.add("own");
    item.append(filled.content);
    update = filled.update;
  } else {
    const facts = h("p", { part: "facts", title: film.facts }, film.facts);
    const text = h("div", { class: "text" });
    const act = h("div", { class: "act" }, stars.node, pass);
    if (form === "rows") {
      // The title names the film; the cover is another way to the same place.
      const picture = opener(context, film, { class: "picture", tabindex: -1, "aria-hidden": "true" }, cover(film.cover));
      const title = h("p", { class: "line" }, opener(context, film, { part: "title" }, film.title));
      item.append(picture, text, act);
      update = () => text.replaceChildren(title, facts, ...because(film, recommender));
    } else {
      // The name is among what is in it, as the cover has the title, too, in lines of its own.
      item.append(opener(context, film, { class: "picture" }, h("span", { class: "unseen" }, fullName(film)), cover(film.cover)), text, act);
      update = () => text.replaceChildren(facts, ...because(film, recommender));
    }
  }
  update(film);
  return {
    node: item,
    get film() {
      return film;
    },
    /** The same film with the reason and the stars of now. */
    update(newer) {
      film = newer;
      update(film);
    },
    rated: stars.set,
    drop: stars.drop,
  };
}

function because({ stars, reason }, recommender) {
  return [
    ...(stars ? [expected(stars, recommender)] : []),
    ...(reason ? [h("p", { part: "reason", title: reason.text }, reasonNodes(reason))] : []),
  ];
}
