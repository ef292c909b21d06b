import room from "./view/room.css";

const FILES = new URL("./", import.meta.url);

/** Each is observed and has a property of its name. */
const ATTRIBUTES = ["model", "item", "count", "layout", "theme", "lang", "filter", "href", "isolation", "loading"];
/** The values that some may have; the first stands for whatever else is written. */
const CHOICES = { layout: ["carousel", "grid", "list"], isolation: ["page", "frame"], loading: ["lazy", "eager"] };
/** What is shown depends on these from the ground up. */
const GROUND = ["model", "lang", "isolation"];
/** How elements and layouts are called in the style sheets. */
const FORMS = { rate: "rate", onboarding: "ask", carousel: "carousel", grid: "grid", list: "rows" };
const COUNT = 12;
const MOST = 50;
/** How near the viewport an element is when it begins to load. */
const NEAR = "600px";
const INTENT = ["pointerenter", "focusin", "touchstart"];
const WATCHED = "matinee-watched";
/** Said where there is no core to say it. */
const FAILED = {
  en: ["The recommendations couldn’t be loaded.", "Try again"],
  es: ["No se han podido cargar las recomendaciones.", "Reintentar"],
  fr: ["Les recommandations n’ont pas pu être chargées.", "Réessayer"],
  de: ["Die Empfehlungen konnten nicht geladen werden.", "Noch einmal versuchen"],
  ar: ["تعذّر تحميل التوصيات.", "أعد المحاولة"],
};

function failedIn(element) {
  const language = element.closest("[lang]:not([lang=''])")?.lang ?? navigator.language;
  const [couldNotLoad, tryAgain] = FAILED[language.slice(0, 2)] ?? FAILED.en;
  return { couldNotLoad, tryAgain };
}

const sheet = new CSSStyleSheet();
// In a layer, so that a style sheet in `theme` has the last word.
sheet.replaceSync(`@layer matinee{${room}}`);

/** The modules that are there or on their way, by name. */
const modules = new Map();
let failures = 0;

/** A browser may remember for good that a module could not be fetched, so the next try has another address. */
function module(name) {
  if (!modules.has(name)) {
    const url = new URL(name, FILES);
    if (failures) url.search = failures;
    const loading = import(url.href).catch((error) => {
      failures += 1;
      modules.delete(name);
      throw Object.assign(error, { code: "files-unreachable" });
    });
    modules.set(name, loading);
  }
  return modules.get(name);
}

/** Elements that stand in a document now. */
const present = new Set();

/** A player that tells the document tells one element of each model: a sitting counts once. */
function watchedAnywhere({ target, detail }) {
  // One that bubbled up from an element has been heard there.
  if (present.has(target)) return;
  const told = new Set();
  for (const element of present) {
    const place = `${element.isolation} ${element.model}`;
    if (!told.has(place)) element.watched(detail);
    told.add(place);
  }
}

function reflect(element, name, value) {
  if (value == null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

const make = (tag, name) => Object.assign(document.createElement(tag), { className: name });

/** Each is told in the console once. */
const warnings = new Set();

class MatineeElement extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #state = "idle";
  #view = null;
  #run = null;
  #near = null;
  #queue = [];
  #wanted = false;
  #ready;
  #matinee = make("div", "matinee");

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#matinee);
    this.addEventListener(WATCHED, ({ detail }) => this.watched(detail));
    this.#promise();
  }

  connectedCallback() {
    // Set by a framework before this script had come.
    for (const name of ATTRIBUTES) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (!present.size) document.addEventListener(WATCHED, watchedAnywhere);
    present.add(this);
    if (this.#state === "idle") {
      this.#blank();
      this.#await();
    }
  }

  disconnectedCallback() {
    // What is moved is back before the microtask runs, and keeps all it has.
    queueMicrotask(() => {
      if (this.isConnected) return;
      present.delete(this);
      if (!present.size) document.removeEventListener(WATCHED, watchedAnywhere);
      this.#leave();
    });
  }

  /** A move by `moveBefore` is none of our business. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, now) {
    if (before === now || !present.has(this)) return;
    if (this.#state === "idle") {
      this.#blank();
      this.#await();
    } else if (this.#state === "error" || GROUND.includes(name)) {
      this.#leave();
      this.#start();
    } else if (this.#view) {
      this.#view.changed(name);
    } else {
      this.#blank();
    }
  }

  get count() {
    const count = Math.trunc(this.getAttribute("count") ?? COUNT);
    return count >= 1 ? Math.min(count, MOST) : COUNT;
  }

  set count(count) {
    reflect(this, "count", count);
  }

  /** "idle", "loading", "ready" or "error". */
  get readyState() {
    return this.#state;
  }

  /** The recommender that all elements of the page share; null until ready, and always in a frame. */
  get recommender() {
    return this.#view?.recommender ?? null;
  }

  /** Copies of the films that are shown; none in a frame, where they are the visitor's own business. */
  get films() {
    return structuredClone(this.#view?.films ?? []);
  }

  /** Loads now, wherever the element stands; after an error once more. */
  load() {
    if (this.#state === "error") this.#leave();
    if (this.#state === "idle") {
      this.#wanted = true;
      if (this.isConnected) this.#start();
    }
    return this.whenReady();
  }

  /** Rejects with the error that the `error` event tells of. */
  whenReady() {
    return this.#ready.promise;
  }

  /** A new list, from the ratings of now. */
  refresh() {
    return this.#ask("refresh");
  }

  rate(item, stars) {
    return this.#ask("rate", item, stars);
  }

  /** Seconds of a film that were watched since this was last told of it. */
  watched(sitting) {
    return this.#ask("watched", sitting);
  }

  /** Waits for the view, and makes it come: what a visitor did must not get lost. */
  #ask(...call) {
    if (this.#view) return this.#pass(call);
    // After an error it is for the visitor, or for the page by `load`, to try again.
    if (this.#state !== "error") this.load();
    return new Promise((resolve) => this.#queue.push({ call, resolve }));
  }

  async #pass([name, ...values]) {
    try {
      return await this.#view[name](...values);
    } catch (error) {
      this.#tellError(error);
      return null;
    }
  }

  #await() {
    this.#unwatch();
    if (this.#wanted || this.loading === "eager") {
      this.#start();
      return;
    }
    const start = () => this.#start();
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && start(), {
      rootMargin: NEAR,
    });
    observer.observe(this);
    for (const type of INTENT) this.addEventListener(type, start, { passive: true });
    this.#near = () => {
      observer.disconnect();
      for (const type of INTENT) this.removeEventListener(type, start);
    };
  }

  #unwatch() {
    this.#near?.();
    this.#near = null;
  }

  async #start() {
    this.#unwatch();
    this.#state = "loading";
    this.#blank();
    this.#matinee.setAttribute("aria-busy", "true");
    const run = new AbortController();
    this.#run = run;
    try {
      const { attach } = await module(this.isolation === "frame" ? "framed.js" : "element.js");
      run.signal.throwIfAborted();
      const view = await attach({
        host: this,
        kind: this.constructor.kind,
        matinee: this.#matinee,
        files: FILES,
        signal: run.signal,
        emit: (type, detail, options) => this.#emit(type, detail, options),
        tell: (error) => this.#tellError(error),
        fail: (error, texts) => run.signal.aborted || this.#fail(error, texts),
      });
      if (run.signal.aborted) {
        view.detach();
        return;
      }
      this.#view = view;
      this.#state = "ready";
      this.#matinee.removeAttribute("aria-busy");
      this.#ready.resolve();
      for (const { call, resolve } of this.#queue.splice(0)) resolve(this.#pass(call));
      this.#emit("ready", { films: this.films });
    } catch (error) {
      if (!run.signal.aborted) this.#fail(error, error.texts);
    }
  }

  /** Back to how it was before anything was loaded. */
  #leave() {
    this.#unwatch();
    this.#run?.abort();
    this.#view?.detach();
    this.#view = null;
    if (this.#state === "ready" || this.#state === "error") this.#promise();
    this.#state = "idle";
    this.#blank();
  }

  #fail(error, texts = failedIn(this)) {
    this.#run.abort();
    this.#view?.detach();
    this.#view = null;
    if (this.#state === "ready") this.#promise();
    this.#state = "error";
    this.#blank();
    const message = make("div", "message");
    message.part = "message";
    message.dir = "auto";
    const again = make("button", "button");
    again.type = "button";
    again.part = "button";
    again.textContent = texts.tryAgain;
    again.addEventListener("click", () => this.load());
    const words = document.createElement("p");
    words.textContent = error.said ?? texts.couldNotLoad;
    message.append(words);
    // Another try finds no film that the catalogue lacks.
    if (error.code !== "bad-item") message.append(again);
    this.#matinee.querySelector(".fallback").append(message);
    this.#matinee.classList.add("failed");
    this.#ready.reject(error);
    this.#tellError(error);
  }

  #tellError({ code = "internal", message, detail }) {
    this.#emit("error", { code, message, detail });
    if (!warnings.has(message)) console.warn(`Matinee: ${message} (${code})`);
    warnings.add(message);
  }

  #emit(type, detail, options) {
    return this.dispatchEvent(new CustomEvent(type, { detail, ...options }));
  }

  #promise() {
    const ready = {};
    ready.promise = new Promise((resolve, reject) => Object.assign(ready, { resolve, reject }));
    // Nobody needs to ask for it.
    ready.promise.catch(() => {});
    this.#ready = ready;
  }

  /** Takes the room of what is to come; what the page put between the tags stands there meanwhile. */
  #blank() {
    const { kind } = this.constructor;
    const alone = FORMS[kind];
    const form = alone ?? FORMS[this.layout];
    const matinee = this.#matinee;
    matinee.className = `matinee ${form}`;
    const head = make("div", `head ${kind}`);
    const heading = document.createElement("slot");
    heading.name = "heading";
    heading.append(make("span", "blank heading"));
    head.append(heading);
    const list = make("div", "list");
    list.ariaHidden = "true";
    // A reel is as high with one card as with many.
    const cards = alone ? 1 : form === "carousel" ? Math.min(this.count, COUNT) : this.count;
    for (let i = 0; i < cards; i += 1) {
      const card = make("div", "card");
      card.append(make("div", "blank cover"));
      if (!alone) card.append(make("div", "text"), make("div", "act"));
      list.append(card);
    }
    const fallback = make("slot", "fallback");
    const stage = make("div", "stage");
    stage.append(list, fallback);
    matinee.replaceChildren(head, stage, ...(form === "ask" ? [make("div", "meter")] : []), make("div", `foot ${kind}`));
    const cover = () => {
      const given = fallback.assignedNodes().some((node) => node.nodeType === 1 || node.data?.trim());
      list.classList.toggle("covered", given);
    };
    fallback.addEventListener("slotchange", cover);
    cover();
  }
}

for (const name of ATTRIBUTES) {
  // Every element has a `lang` of its own; `count` is a number.
  if (name === "lang" || name === "count") continue;
  const choices = CHOICES[name];
  Object.defineProperty(MatineeElement.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = this.getAttribute(name);
      return choices ? (choices.includes(value) ? value : choices[0]) : value ?? (name === "theme" ? "auto" : "");
    },
    set(value) {
      reflect(this, name, value);
    },
  });
}

for (const kind of ["recommendations", "similar", "rate", "onboarding"]) {
  const name = `matinee-${kind}`;
  if (customElements.get(name)) {
    console.warn(`Matinee: <${name}> is taken already, and left alone.`);
  } else {
    customElements.define(
      name,
      class extends MatineeElement {
        static kind = kind;
      },
    );
  }
}
