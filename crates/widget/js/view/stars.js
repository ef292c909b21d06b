import { h, say, svg } from "./dom.js";

/** How long the keyboard has to rest before a rating made with it counts, where rating takes the film away. */
const PAUSE_MS = 1500;
const MOST = 5;
const DISLIKE = 2.5;
const STAR = "M12 2.2l2.9 6.5 7 .7-5.3 4.7 1.6 6.9-6.2-3.7-6.2 3.7 1.6-6.9-5.3-4.7 7-.7z";

const row = (name) => {
  const stars = Array.from({ length: MOST }, (_, i) => svg("path", { d: STAR, transform: `translate(${24 * i})` }));
  return svg("g", { class: name }, ...stars);
};

/** What a key makes of `stars`: `{stars, now}`, or null where it does nothing. `now` is whether it counts at once. */
export function pressed(key, { stars, kept, rtl, deferred }) {
  const [more, less] = rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  if (key === more || key === "ArrowUp") return { stars: Math.min((stars ?? 0) + 0.5, MOST), now: !deferred };
  if (key === less || key === "ArrowDown") return { stars: Math.max((stars ?? 1) - 0.5, 0.5), now: !deferred };
  if (key === "Home") return { stars: 0.5, now: !deferred };
  if (key === "End") return { stars: MOST, now: !deferred };
  if (/^[1-5]$/.test(key)) return { stars: Number(key), now: true };
  if (["Delete", "Backspace", "0"].includes(key)) return { stars: null, now: true };
  if (key === "Enter" || key === " ") return { stars, now: true };
  if (key === "Escape") return { stars: kept, now: true };
  return null;
}

/**
 * A slider over half stars: arrows change the rating, Home and End go to its ends, 1 to 5 choose whole stars, Delete removes
 * it, Escape goes back. `deferred` is for places where a rated film moves away, which must not happen between two presses
 * of an arrow; `keeps` is whether a rating that waits is given when the focus leaves.
 */
export function starRating({ title, recommender, large = false, deferred = false, keeps = true, onrate }) {
  const { texts } = recommender;
  const rtl = recommender.direction === "rtl";
  let kept = null;
  // What the pointer is over, or the keyboard has reached and not yet given.
  let preview;
  let timer = 0;
  // A press began here: the click that a browser sends after a touch may go to whatever took a rated film's place.
  let pressing = false;

  const lit = svg("svg", { class: "lit", height: 24 }, row("on"));
  const bar = svg("svg", { class: "star-bar", part: "star-bar", viewBox: "0 0 120 24", "aria-hidden": "true" }, row("off"), lit);
  const value = large && h("span", { class: "value", "aria-hidden": "true" });
  const node = h("div", { part: "stars", class: large ? "stars large" : "stars", role: "slider", tabindex: 0 }, bar, value);
  const set = (name, text) => node.setAttribute(name, text);
  set("aria-label", say(texts.yourRatingOf, { title }));
  set("aria-valuemin", 0);
  set("aria-valuemax", MOST);

  const shown = () => (preview === undefined ? kept : preview);
  const draw = () => {
    const stars = shown();
    set("aria-valuenow", stars ?? 0);
    set("aria-valuetext", stars === null ? texts.notRated : recommender.starsWords(stars));
    set("data-mood", stars === null ? "none" : stars < DISLIKE ? "dislike" : "like");
    lit.setAttribute("width", (stars ?? 0) * 24);
    if (value) value.textContent = stars === null ? "" : recommender.tenths(stars);
  };
  const show = (stars) => {
    preview = stars;
    draw();
  };
  const settle = (stars) => {
    clearTimeout(timer);
    timer = 0;
    show(undefined);
    if (stars !== kept) onrate(stars);
  };
  const under = ({ clientX }) => {
    const { left, right, width } = bar.getBoundingClientRect();
    const across = (rtl ? right - clientX : clientX - left) / width;
    return Math.min(Math.max(Math.ceil(across * 10), 1), 10) / 2;
  };

  node.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" || event.buttons) show(under(event));
  });
  node.addEventListener("pointerleave", () => show(undefined));
  node.addEventListener("pointerdown", () => {
    pressing = true;
  });
  const release = (event) => {
    if (!pressing) return;
    pressing = false;
    settle(under(event));
  };
  node.addEventListener("click", release);
  // A finger that was drawn along the large stars makes no click.
  node.addEventListener("pointerup", (event) => {
    if (large && event.pointerType === "touch") release(event);
  });
  node.addEventListener("blur", () => {
    // Only the keyboard sets a timer: what a passing pointer shows is not given.
    if (timer && keeps) settle(shown());
    clearTimeout(timer);
    timer = 0;
    show(undefined);
  });
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = pressed(event.key, { stars: shown(), kept, rtl, deferred });
    if (!chosen) return;
    event.preventDefault();
    if (chosen.now) {
      settle(chosen.stars);
      return;
    }
    show(chosen.stars);
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE_MS, chosen.stars);
  });

  draw();
  return {
    node,
    /** The rating so far. */
    set(stars) {
      kept = stars;
      draw();
    },
    /** A rating that waits is for this film alone: it goes when the film does. */
    drop() {
      clearTimeout(timer);
      timer = 0;
    },
  };
}
