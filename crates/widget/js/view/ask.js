import { cover } from "./cover.js";
import { deeds } from "./deeds.js";
import { button, h, say } from "./dom.js";
import { starRating } from "./stars.js";

/** Covers that are shown of what was rated. */
const MOST = 6;

/** Asks about one film at a time until the visitor has had enough. */
export function interview(context) {
  const { recommender, foot, matinee } = context;
  const { texts } = recommender;
  const skipped = [];
  let film = null;
  let stars = null;
  let back = null;
  let over = false;

  const { rate, setAside } = deeds(context, (returning) => {
    back = returning;
  });
  const question = h("h2", { class: "heading", part: "heading question", tabindex: -1 });
  const list = h("div", { class: "list" });
  const track = h("progress", { max: 1, "aria-hidden": "true" });
  const known = h("p");
  const end = button(texts.done, () => finish(!over));
  const meter = h("div", { part: "meter" }, known, track, end);

  function skip() {
    skipped.push(film.key);
    next();
  }

  function finish(now) {
    over = now;
    end.textContent = over ? texts.next : texts.done;
    next();
  }

  /** The film that was taken back, or else the most telling one. */
  function next() {
    stars?.drop();
    film = over ? null : back ?? recommender.elicit({ count: 1, exclude: skipped })[0] ?? null;
    back = null;
    const hadFocus = list.contains(context.host.shadowRoot.activeElement);
    list.replaceChildren(film ? ask(film) : rated());
    question.textContent = film ? texts.seenThis : over ? texts.yourRatings : texts.noMore;
    if (hadFocus) (film ? stars.node : end).focus({ preventScroll: true });
  }

  function rated() {
    const films = recommender.ratings().filter(({ stars: given }) => given !== null).slice(0, MOST);
    const known = films.map(({ item }) => recommender.film(item)).filter(Boolean);
    return h("div", { part: "card" }, h("div", { class: "rated", "aria-hidden": "true" }, known.map((each) => cover(each.cover))));
  }

  function ask(asked) {
    // Leaving the stars for another answer takes back what was reached on them.
    stars = starRating({ title: asked.title, recommender, large: true, deferred: true, keeps: false, onrate: (given) => rate(asked, given) });
    return h(
      "div",
      { class: "card entering", part: "card", "data-item": asked.key },
      h("div", { class: "picture" }, cover(asked.cover)),
      h("div", { class: "text" }, h("p", { part: "title" }, asked.title), h("p", { part: "facts" }, asked.facts)),
      h(
        "div",
        { class: "answers" },
        stars.node,
        h(
          "div",
          { class: "buttons" },
          button(texts.haventSeen, () => setAside(asked, { unseen: true })),
          button(texts.notForMeShort, () => setAside(asked, { notForMe: true }), { class: "button quiet" }),
          button(texts.skip, skip, { class: "button plain" }),
        ),
      ),
    );
  }

  function measure() {
    const knowledge = recommender.knowledge();
    track.value = knowledge;
    known.textContent = say(texts.knowsYou, { percent: recommender.percent(knowledge) });
    foot.update();
  }

  const told = ({ kind }) => {
    measure();
    // What is told of other films leaves the question alone.
    if (kind === "ratings" && (over || back || !film || recommender.rating(film.key))) next();
  };
  matinee.replaceChildren(
    h("div", { class: "head onboarding" }, h("slot", { name: "heading" }, question)),
    h("div", { class: "stage" }, list),
    meter,
    foot.node,
  );
  measure();
  next();
  return {
    get films() {
      return film ? [film] : [];
    },
    refresh: next,
    told,
    detach: () => stars?.drop(),
  };
}
