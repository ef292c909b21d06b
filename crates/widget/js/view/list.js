import { filmCard } from "./card.js";
import { deeds } from "./deeds.js";
import { h, iconButton, sayTitle, still } from "./dom.js";
import { settle } from "./order.js";

/** How long a film that was rated is seen to go. */
const LEAVE_MS = 400;
/** How much of a reel one turn goes on. */
const TURN = 0.8;

const isDone = (rating) => Boolean(rating && (rating.stars !== null || rating.seen || rating.notForMe));

/** Films on a reel, in a grid or in a list, each to be rated or set aside, whereupon the next takes its place. */
export function filmList(context, { form, heading, fetch }) {
  const { recommender, foot, matinee, host } = context;
  const { texts } = recommender;
  const list = h("ul", { part: "list", role: "list" });
  const title = h("h2", { part: "heading" });
  const cards = new Map();
  let shown = [];
  let timer = 0;
  let back = null;

  const { rate, setAside } = deeds(context, (film) => {
    back = { film, place: places.get(film.key) ?? 0 };
  });
  /** Where films stood when they were rated. */
  const places = new Map();
  const leaveBy = (deed) => (film, ...values) => {
    places.set(film.key, shown.findIndex(({ key }) => key === film.key));
    deed(film, ...values);
  };
  const actions = {
    form,
    onrate: leaveBy(rate),
    onpass: leaveBy((film) => setAside(film, { notForMe: true })),
  };

  function turn(way) {
    const onwards = recommender.direction === "rtl" ? -way : way;
    list.scrollBy({ left: onwards * TURN * list.clientWidth, behavior: still() ? "instant" : "smooth" });
  }

  function inSight(key) {
    const card = cards.get(key).node.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    const meets = (a, b, size) => a < size && b > 0;
    return (
      meets(card.left, card.right, innerWidth) &&
      meets(card.top, card.bottom, innerHeight) &&
      card.left < frame.right &&
      card.right > frame.left
    );
  }

  /** Which control of which place has the focus, so that it can stay there. */
  function focused() {
    const active = host.shadowRoot.activeElement;
    const place = active ? [...list.children].findIndex((card) => card.contains(active)) : -1;
    if (place < 0) return null;
    const control = ["stars", "pass", "title", "picture"].find((name) => active.classList.contains(name));
    return control ? { active, place, control } : null;
  }

  function place(films) {
    const focus = focused();
    const wanted = new Set(films.map(({ key }) => key));
    films.forEach((film, i) => {
      let card = cards.get(film.key);
      if (card) {
        card.update(film);
      } else {
        card = filmCard(context, film, actions);
        card.node.classList.toggle("entering", shown.length > 0);
        cards.set(film.key, card);
      }
      card.node.classList.remove("leaving");
      const there = list.children[i];
      if (there === card.node) return;
      if (there && !wanted.has(there.dataset.item)) there.replaceWith(card.node);
      else list.insertBefore(card.node, there ?? null);
    });
    while (list.children.length > films.length) list.lastChild.remove();
    for (const [key, card] of cards) {
      if (wanted.has(key)) continue;
      card.drop();
      cards.delete(key);
    }
    if (focus && !focus.active.isConnected) {
      const card = list.children[Math.min(focus.place, list.children.length - 1)];
      (card?.querySelector(`.${focus.control}`) ?? title).focus({ preventScroll: true });
    }
    shown = films;
  }

  function mark(ratings) {
    for (const [key, card] of cards) {
      const rating = ratings.get(key);
      card.rated(rating?.stars ?? null);
      card.node.classList.toggle("leaving", isDone(rating));
    }
  }

  function arrange() {
    const ratings = ratingsByFilm();
    const { count } = host;
    const fresh = fetch(count);
    place(settle(shown, fresh, { count, inSight, isDone: (key) => isDone(ratings.get(key)), back }));
    back = null;
    mark(ratings);
    caption(ratings.size);
  }

  const ratingsByFilm = () => new Map(recommender.ratings().map((rating) => [rating.item, rating]));

  function caption(ratings) {
    const { text, about } = heading(ratings);
    title.replaceChildren(...sayTitle(text, { title: about }));
    empty.hidden = shown.length > 0;
    foot.update();
  }

  const empty = h("p", { part: "message" }, texts.nothing);
  const turns =
    form === "carousel" &&
    h(
      "div",
      { class: "turns" },
      iconButton("back", texts.backAlong, () => turn(-1), { class: "turn" }),
      iconButton("on", texts.onAlong, () => turn(1), { class: "turn" }),
    );
  const headed = h("slot", { name: "heading" }, title);
  matinee.replaceChildren(
    h("div", { class: `head ${context.kind}` }, headed, turns),
    h("div", { class: "stage" }, list, empty),
    foot.node,
  );
  const refresh = () => {
    const ratings = ratingsByFilm();
    place(fetch(host.count));
    mark(ratings);
    caption(ratings.size);
  };
  refresh();

  return {
    refresh,
    get films() {
      return shown;
    },
    /** Lets what was rated be seen to go before the next takes its place. */
    told() {
      mark(ratingsByFilm());
      clearTimeout(timer);
      timer = setTimeout(context.guard(arrange), still() ? 0 : LEAVE_MS);
    },
    detach() {
      clearTimeout(timer);
      for (const card of cards.values()) card.drop();
    },
  };
}
