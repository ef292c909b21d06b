/* The facade over the core: what the elements and the npm package stand on. */

import { MatineeError } from "./error.js";
import { bring } from "./model.js";
import { MemoryStore, openStore } from "./store.js";

export { MatineeError, MemoryStore };

/** Languages that there are texts in. */
const LANGUAGES = ["en", "es", "fr", "de", "ar"];

/** The language among ours that a BCP 47 tag, or the first of several that fits, asks for. */
export function languageOf(tags) {
  for (const tag of [tags].flat()) {
    const language = String(tag ?? "").toLowerCase().split("-")[0];
    if (LANGUAGES.includes(language)) return language;
  }
  return "en";
}

/** Loads a module of WebAssembly in `folder`, a URL: "core" or "importers". */
export async function openModule(folder, name) {
  const module = await import(/* @vite-ignore */ /* webpackIgnore: true */ new URL(`${name}.js`, folder).href);
  await module.default({ module_or_path: new URL(`${name}_bg.wasm`, folder) });
  return module;
}

/** A record as it is kept, the way that JavaScript writes names. */
const outward = (record) => ({
  item: record.item,
  title: record.title,
  year: record.year ?? null,
  stars: record.stars ?? null,
  seen: record.seen,
  notForMe: record.not_for_me,
  watchlist: record.watchlist,
  unseen: record.unseen,
  watched: record.watched ?? null,
  updatedAt: record.updated_at,
});

/** The other way round. */
export const inward = (rating) => ({
  item: rating.item,
  title: rating.title,
  year: rating.year,
  stars: rating.stars,
  seen: rating.seen,
  not_for_me: rating.notForMe,
  watchlist: rating.watchlist,
  unseen: rating.unseen,
  watched: rating.watched,
  updated_at: rating.updatedAt,
});

const reference = (item) => {
  const text = typeof item === "object" ? item?.key ?? item?.item : item;
  if (typeof text !== "string" && typeof text !== "number") {
    throw new MatineeError("bad-item", "a film is named by a text such as \"imdb:tt0133093\", or by what a list gave");
  }
  return String(text);
};

const listed = (options) => ({ ...options, exclude: (options.exclude ?? []).map(reference) });

export class Recommender {
  #core;
  #store;
  #listeners = new Set();
  #writes = Promise.resolve();
  #unwatch;
  #stop = new AbortController();
  /** The model's file, once it is whole. */
  bytes = null;

  /** Use {@link Recommender.open}. */
  constructor(core, store) {
    this.#core = core;
    this.#store = store;
    this.#unwatch = store.watch?.(() => this.#read().then(() => this.#tell("ratings"), () => {}));
  }

  /**
   * Opens ratings and model. Resolves once there are films to recommend; the rest goes on arriving, see `complete`.
   * `module` is the initialised core.
   */
  static async open(module, { model, storage = "browser", language = "en", words, onprogress, signal } = {}) {
    if (!(model instanceof Uint8Array)) {
      try {
        model = new URL(model, globalThis.document?.baseURI);
      } catch {
        throw new MatineeError("bad-options", `model is ${model}; give the address of a model.json or a .matinee file, or its bytes`);
      }
    }
    language = languageOf(language);
    const texts = language === "en" ? undefined : await words?.(language).catch(() => undefined);
    const core = new module.Core(texts === undefined ? "en" : language, texts);
    const store = typeof storage === "string" ? await openStore(storage) : storage;
    const recommender = new this(core, store);
    try {
      await recommender.#read();
      await recommender.#load({ model, onprogress, signal });
    } catch (error) {
      recommender.close();
      throw MatineeError.of(error);
    }
    return recommender;
  }

  #load({ model, onprogress, signal }) {
    signal?.addEventListener("abort", () => this.#stop.abort(signal.reason), { signal: this.#stop.signal });
    return new Promise((usable, unusable) => {
      let arrived = false;
      const grown = () => {
        if (arrived) this.#tell("model");
        arrived = true;
        usable();
      };
      const push = (bytes) => this.#core.push(bytes);
      /** Resolves when the whole model is there and is what was published. */
      this.complete = bring(model, { push, grown, onprogress, signal: this.#stop.signal }).then((bytes) => {
        this.#core.finish();
        this.bytes = bytes;
      });
      this.complete.catch((error) => {
        unusable(error);
        this.#tell("model");
      });
    });
  }

  async #read() {
    this.#core.setRatings(await this.#store.all());
  }

  #tell(kind) {
    for (const listener of [...this.#listeners]) listener({ kind });
  }

  #ask(question) {
    try {
      return question(this.#core);
    } catch (error) {
      throw MatineeError.of(error);
    }
  }

  /** Says something of a film at once, and resolves when it is kept. */
  async #say(change) {
    const { item, record } = this.#ask(change);
    this.#tell("ratings");
    await this.#keep(record ? [record] : [], record ? [] : [item]);
    return record && outward(record);
  }

  /** Writes in the order of the calls. What is refused is not said. */
  #keep(put, remove) {
    const written = this.#writes.then(() => this.#store.write(put, remove));
    this.#writes = written.catch(() => {});
    return written.catch(async (error) => {
      await this.#read().catch(() => {});
      this.#tell("ratings");
      const full = error?.name === "QuotaExceededError";
      throw new MatineeError(
        full ? "storage-full" : "storage-failed",
        full ? "the browser's storage is full: nothing more can be kept" : "the browser's storage failed",
        error?.message,
      );
    });
  }

  get storage() {
    return { kind: this.#store.kind ?? "custom", persistent: this.#store.persistent ?? true };
  }

  get language() {
    return this.#core.language();
  }

  get direction() {
    return this.#core.isRtl() ? "rtl" : "ltr";
  }

  get texts() {
    return this.#core.texts();
  }

  get genres() {
    return this.#ask((core) => core.genres());
  }

  get info() {
    return this.#ask((core) => core.info());
  }

  film(item) {
    return this.#ask((core) => core.film(reference(item)));
  }

  rating(item) {
    const key = this.#core.key(reference(item)) ?? reference(item);
    return this.ratings().find((rating) => rating.item === key) ?? null;
  }

  ratings() {
    const all = this.#ask((core) => core.ratings());
    return all.map(outward).sort((a, b) => b.updatedAt - a.updatedAt);
  }

  rate(item, stars) {
    return this.#say((core) => core.rate(reference(item), stars ?? undefined, Date.now()));
  }

  mark(item, marks) {
    return this.#say((core) => core.mark(reference(item), marks, Date.now()));
  }

  watched({ item, seconds, runtime }) {
    return this.#say((core) => core.watched(reference(item), Number(seconds), Number(runtime), Date.now()));
  }

  /** Puts ratings in the place of what was said of their films, all or none; each `null` of `[item, rating]` forgets one. */
  async restore(entries) {
    const put = entries.filter(([, rating]) => rating).map(([, rating]) => inward(rating));
    const remove = entries.filter(([, rating]) => !rating).map(([item]) => item);
    await this.#keep(put, remove);
    await this.#read();
    this.#tell("ratings");
  }

  recommend(options = {}) {
    return this.#ask((core) => core.recommend(listed(options)));
  }

  similar(item, options = {}) {
    return this.#ask((core) => core.similar(reference(item), listed(options)));
  }

  predict(item) {
    return this.#ask((core) => core.predict(reference(item)));
  }

  explain(item) {
    return this.#ask((core) => core.explain(reference(item)));
  }

  elicit(options = {}) {
    return this.#ask((core) => core.elicit(listed({ count: 1, ...options })));
  }

  knowledge() {
    return this.#ask((core) => core.knowledge());
  }

  search(query, count = 20) {
    return this.#ask((core) => core.search(String(query), count));
  }

  /** "4 and a half stars". */
  starsWords(stars) {
    return this.#core.starsWords(Math.round(stars * 2)) ?? "";
  }

  /** "3.9", as the language writes it. */
  tenths(number) {
    return this.#written(number, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  /** "12%" of a part between 0 and 1. */
  percent(part) {
    return this.#written(part, { style: "percent" });
  }

  #written(number, options) {
    const { language } = this;
    // The visitor's own region of it; figures are always the European ones, as in titles and on covers.
    const own = globalThis.navigator?.languages?.find((tag) => languageOf(tag) === language) ?? language;
    return new Intl.NumberFormat(language === "ar" ? `${own}-u-nu-latn` : own, options).format(number);
  }

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async clear() {
    await this.#writes;
    await this.#store.clear();
    this.#core.setRatings([]);
    this.#tell("ratings");
  }

  /** Lets go of everything. Nothing may be asked afterwards. */
  close() {
    this.#stop.abort();
    this.#unwatch?.();
    this.#listeners.clear();
    this.#writes.then(() => this.#store.close?.());
    this.#core.free();
  }
}
