/** The four elements of Matinee: `<matinee-recommendations>`, `<matinee-similar>`, `<matinee-rate>`, `<matinee-onboarding>`. */

import type { Film, Rating, Recommendation, Recommender } from "./index.js";

/**
 * Defines the elements; once is enough. `folder` is where the package's folder `elements/` is served, from this site or
 * another: by default beside this module, which holds where modules are served as they are, and not in a bundle. Rejects
 * where the files cannot be loaded.
 */
export declare function loadElements(folder?: string | URL): Promise<void>;

/** Detail of the event `ready`: the element shows films. */
export interface ReadyDetail {
  /** What is shown; empty in `isolation="frame"`. */
  readonly films: ReadonlyArray<Film | Recommendation>;
}

/** Detail of the event `rate`: the visitor rated a film. Not told in `isolation="frame"`. */
export interface RateDetail {
  /** Key of the film. */
  readonly item: string;
  readonly title: string;
  readonly year: number | null;
  /** Its number on IMDb, such as "tt0133093", where known. */
  readonly imdb: string | null;
  /** Its number on TMDB, where known. */
  readonly tmdb: number | null;
  /** 0.5 to 5 in halves; null when the rating was taken away. */
  readonly stars: number | null;
}

/** Detail of the event `select`, which can be cancelled: the visitor chose a film. */
export interface SelectDetail {
  /** Key of the film. */
  readonly item: string;
  readonly title: string;
  readonly year: number | null;
  /** Its number on IMDb, such as "tt0133093", where known. */
  readonly imdb: string | null;
  /** Its number on TMDB, where known. */
  readonly tmdb: number | null;
  /** Where the click goes, unless it is cancelled; null where the film has no link. */
  readonly href: string | null;
}

/** Detail of the event `error`. */
export interface ErrorDetail {
  /**
   * A code of `ErrorCode`; "bad-filter" or "bad-theme" for an attribute that was not understood; in `isolation="frame"` also
   * "bad-model" for a model of another site than the frame's, and "frame-unreachable".
   */
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
}

/** Detail of `matinee-watched`, which a page's player may dispatch on an element or on the document. */
export interface WatchedDetail {
  /** The film, `"imdb:tt0133093"` for instance. */
  readonly item: string;
  /** Seconds watched since this was last told. */
  readonly seconds: number;
  /** Runtime of the film in seconds. */
  readonly runtime: number;
}

/** Events of the elements, by name. They neither bubble nor leave a shadow tree. */
export interface MatineeEventMap {
  ready: CustomEvent<ReadyDetail>;
  rate: CustomEvent<RateDetail>;
  select: CustomEvent<SelectDetail>;
  error: CustomEvent<ErrorDetail>;
}

/** Attributes of the elements. All may be changed at any time. */
export interface MatineeAttributes {
  /** Address of a `model.json` or a `.matinee` file. Default: the model of the site that the elements come from. */
  model?: string;
  /** The film that `similar` and `rate` are about: `"imdb:tt0133093"`, `"tmdb:603"`, or a key. */
  item?: string;
  /** Films shown, 1 to 50. Default 12. */
  count?: number | string;
  /** Default "carousel". */
  layout?: "carousel" | "grid" | "list";
  /** "auto" (the default), "light", "dark", or the address of a style sheet. */
  theme?: string;
  /** Language, a BCP 47 tag: en, es, fr, de, ar. Default: that of the page. */
  lang?: string;
  /** Which films, `"genre:Comedy,Drama year:1990-2010 popularity:-0.5 diversity:0.3"`; each part may be left out. In a genre, `_` is a space. */
  filter?: string;
  /** Where a click goes, with `{id}`, `{key}`, `{imdb}`, `{tmdb}`, `{title}`, `{year}` filled in. Without it, films are buttons. */
  href?: string;
  /** "page" (the default), or "frame": ratings stay with the site that the elements come from. */
  isolation?: "page" | "frame";
  /** "lazy" (the default) waits for the viewport or for the visitor's intent; "eager" does not. */
  loading?: "lazy" | "eager";
}

/** What the four elements have in common. Calls before everything is there wait for it. */
export interface MatineeElement extends HTMLElement {
  model: string;
  item: string;
  count: number;
  layout: "carousel" | "grid" | "list";
  theme: string;
  filter: string;
  href: string;
  isolation: "page" | "frame";
  loading: "lazy" | "eager";
  /** How far it is. */
  readonly readyState: "idle" | "loading" | "ready" | "error";
  /** The recommender that all elements of the page share; null until ready, and in `isolation="frame"`. */
  readonly recommender: Recommender | null;
  /** Copies of the films shown. */
  readonly films: Array<Film | Recommendation>;
  /** A new list, from the ratings of now. */
  refresh(): Promise<void>;
  /** Rates a film, as `Recommender.rate` does. Resolves with null after an error, which the event `error` tells of. */
  rate(item: string, stars: number | null): Promise<Rating | null>;
  /** Tells of a sitting, as `Recommender.watched` does; errors likewise. */
  watched(sitting: WatchedDetail): Promise<Rating | null>;
  /** Loads now, wherever the element stands; after an error once more. */
  load(): Promise<void>;
  /** Resolves when films are shown; rejects with the error that the event tells of. */
  whenReady(): Promise<void>;

  addEventListener<K extends keyof MatineeEventMap>(
    type: K,
    listener: (this: this, event: MatineeEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof MatineeEventMap>(
    type: K,
    listener: (this: this, event: MatineeEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    /** Films for the visitor. */
    "matinee-recommendations": MatineeElement;
    /** Films like the one that `item` names. */
    "matinee-similar": MatineeElement;
    /** Stars for the film that `item` names. */
    "matinee-rate": MatineeElement;
    /** A few films to rate, the most telling first. */
    "matinee-onboarding": MatineeElement;
  }
  interface DocumentEventMap {
    "matinee-watched": CustomEvent<WatchedDetail>;
  }
}
