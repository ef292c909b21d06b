import { cover } from "./cover.js";
import { expected, opener, reasonNodes } from "./card.js";

/**
 * A film in the page's own markup. Elements of the template say with `data-matinee` what of the film they are for; they are
 * filled with text and drawings, never with markup.
 */
export function fromTemplate(template, context, first, { stars, pass, passName }) {
  const { recommender } = context;
  // Frameworks put what they render into the template itself, not into its content.
  const inside = template.content.hasChildNodes() ? template.content : template;
  const content = document.createDocumentFragment();
  content.append(...[...inside.childNodes].map((node) => node.cloneNode(true)));
  const all = (name) => content.querySelectorAll(`[data-matinee="${name}"]`);

  for (const place of all("cover")) place.replaceChildren(cover(first.cover));
  for (const place of all("rate")) place.replaceChildren(stars);
  for (const place of all("pass")) {
    place.setAttribute("aria-label", passName);
    place.addEventListener("click", pass);
  }
  for (const place of all("link")) {
    const own = opener(context, first, null);
    for (const { name, value } of place.attributes) own.setAttribute(name, value);
    own.append(...place.childNodes);
    place.replaceWith(own);
  }
  const texts = { title: first.title, year: first.year ?? "", genres: first.genres.join(", "), facts: first.facts };
  for (const [name, text] of Object.entries(texts)) for (const place of all(name)) place.textContent = text;
  const reasons = [...all("reason")];
  const predictions = [...all("stars")];
  return {
    content,
    update(film) {
      for (const place of reasons) place.replaceChildren(...(film.reason ? reasonNodes(film.reason) : []));
      for (const place of predictions) place.replaceChildren(...(film.stars ? [expected(film.stars, recommender)] : []));
    },
  };
}
