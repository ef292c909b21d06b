import { MatineeError, languageOf } from "./recommender.js";
import { interview } from "./view/ask.js";
import { say } from "./view/dom.js";
import films from "./view/film.css";
import { readFilter } from "./view/filter.js";
import { footLine } from "./view/foot.js";
import { webAddress } from "./view/link.js";
import { filmList } from "./view/list.js";
import { rateOne } from "./view/rate.js";
import { share } from "./view/shared.js";
import widget from "./widget.css";

const THEMES = ["auto", "light", "dark"];
const HOW_TO_FILTER = "Write it as genre:Comedy,Drama year:1990-2010 popularity:-0.5 diversity:0.3.";

let sheet = null;

/** One for all elements of the page. */
function styleSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(`@layer matinee{${films}${widget}}`);
  }
  return sheet;
}

/** Languages that the element is to speak, the first that there are texts in: its own, that of the page, the visitor's. */
function languagesOf(host) {
  const tags = [];
  for (let at = host; at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) {
    if (at.lang) {
      tags.push(at.lang);
      break;
    }
  }
  return [...tags, ...navigator.languages];
}

function modelAddress(host, files) {
  if (!host.model) return new URL("../../model.json", files).href;
  const address = webAddress(host.model, document.baseURI);
  if (!address) throw new MatineeError("bad-options", `model is ${host.model}; give the address of a model.json or a .matinee file`);
  return address;
}

/** A style sheet of the page's own instead of a theme. */
function themeLink({ host, tell }) {
  let link = null;
  return () => {
    link?.remove();
    link = null;
    if (THEMES.includes(host.theme)) return;
    const href = webAddress(host.theme, document.baseURI);
    const wrong = () => tell(new MatineeError("bad-theme", `theme is ${host.theme}; give auto, light, dark or the address of a style sheet`));
    if (!href) {
      wrong();
      return;
    }
    link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("error", wrong);
    host.shadowRoot.append(link);
  };
}

/** What is shown, in place of the blank that the loader drew. */
function draw(context, form) {
  const { host, kind, recommender, tell } = context;
  const { texts } = recommender;
  const film = () => {
    const found = host.item && recommender.film(host.item);
    if (found) return found;
    const missing = new MatineeError("bad-item", host.item ? `the catalogue has no film ${host.item}` : "item names no film; give one such as imdb:tt0133093");
    missing.said = host.item ? say(texts.filmUnknown, { item: host.item }) : undefined;
    throw missing;
  };
  switch (kind) {
    case "rate":
      return rateOne(context, film());
    case "onboarding":
      return interview(context);
    case "similar": {
      const like = film();
      return filmList(context, {
        form,
        heading: () => ({ text: texts.similarTo, about: like.title }),
        fetch: (count) => recommender.similar(like.key, { count }),
      });
    }
    default: {
      const { options, unknown } = readFilter(host.filter, recommender.genres);
      if (unknown.length) tell(new MatineeError("bad-filter", `the filter has what is not understood: ${unknown.join(" ")}. ${HOW_TO_FILTER} Genres: ${recommender.genres.join(", ")}`));
      return filmList(context, {
        form,
        heading: (ratings) => ({ text: ratings ? texts.recommendedForYou : texts.popularNow }),
        fetch: (count) => recommender.recommend({ count, ...options }),
      });
    }
  }
}

/** Whether the films that arrived first will not do. Who rated any is not shown a list that changes a moment later. */
function waits({ host, kind, recommender }) {
  if (kind === "rate") return !recommender.film(host.item);
  return kind === "similar" || recommender.ratings().length > 0;
}

/**
 * Shows what the element is for. Gives what the loader needs of it: `changed` hears of attributes, `rate`, `watched` and
 * `refresh` are the element's own methods, `detach` lets go of everything.
 */
export async function attach({ host, kind, matinee, files, signal, emit, tell, fail }) {
  const shared = share(files, modelAddress(host, files), languageOf(languagesOf(host)));
  signal.addEventListener("abort", shared.release, { once: true });
  let recommender;
  try {
    recommender = await shared.opened;
    signal.throwIfAborted();
    if (waits({ host, kind, recommender })) await recommender.complete;
    signal.throwIfAborted();
  } catch (error) {
    shared.release();
    throw recommender ? Object.assign(error, { texts: recommender.texts }) : error;
  }
  const { texts } = recommender;

  /** Nothing that fails in a timer or a listener gets out into the page. */
  const guard =
    (deed) =>
    (...values) => {
      try {
        deed(...values);
      } catch (error) {
        tell(error);
      }
    };
  const context = { host, kind, matinee, files, recommender, emit, tell, guard };
  context.template = () => [...host.children].find((child) => child.slot === "item" && child instanceof HTMLTemplateElement);
  const theme = themeLink({ host, tell });
  let view = null;
  let unsubscribe = () => {};

  function show() {
    view?.detach();
    context.foot?.detach();
    context.foot = footLine(context);
    const form = { rate: "rate", onboarding: "ask" }[kind] ?? (host.layout === "list" ? "rows" : host.layout);
    matinee.className = `matinee ready ${form}`;
    matinee.dir = recommender.direction;
    matinee.lang = recommender.language;
    view = draw(context, form);
  }

  function detach() {
    unsubscribe();
    view?.detach();
    context.foot?.detach();
    host.shadowRoot.adoptedStyleSheets = host.shadowRoot.adoptedStyleSheets.filter((other) => other !== sheet);
    host.shadowRoot.querySelector("link")?.remove();
    for (const name of ["dir", "lang"]) matinee.removeAttribute(name);
    shared.release();
  }

  const failed = (error) => fail(error, texts);
  try {
    host.shadowRoot.adoptedStyleSheets.push(styleSheet());
    theme();
    show();
  } catch (error) {
    detach();
    throw Object.assign(error, { texts });
  }
  unsubscribe = recommender.subscribe(guard((change) => view.told(change)));
  recommender.complete.catch((error) => signal.aborted || failed(error));

  return {
    recommender,
    get films() {
      return view.films;
    },
    changed(name) {
      if (name === "theme") theme();
      else if (name !== "loading") {
        try {
          show();
        } catch (error) {
          failed(error);
        }
      }
    },
    refresh: async () => view.refresh(),
    rate: (item, stars) => recommender.rate(item, stars),
    watched: (sitting) => recommender.watched(sitting ?? {}),
    detach,
  };
}
