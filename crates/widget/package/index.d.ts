/** Matinee without an interface: a movie recommender that runs where it is imported, in a browser or in Node. */

import type { Film, FilmRef, Prediction, Recommendation, ScoredFilm } from "./films.js";

export type { Cover, Film, FilmRef, Prediction, Reason, Recommendation, ScoredFilm } from "./films.js";

/** What went wrong, for programs. */
export type ErrorCode =
  /** The model could not be fetched or read, or broke off on its way. */
  | "model-unreachable"
  /** It is no model, a damaged one, or of a version that this package does not read. */
  | "model-damaged"
  /** It is a sound model, but not the one that the pointer names: its SHA-256 differs. */
  | "model-hash"
  /** The `.json` file does not say which model is current. */
  | "bad-pointer"
  /** The recommender's own files, its WebAssembly for instance, could not be loaded. */
  | "files-unreachable"
  /** An option has a value that it cannot have; the message says which, and what it can have. */
  | "bad-options"
  /** The catalogue has no such film. */
  | "bad-item"
  /** No stars: they are 0.5 to 5, in halves. */
  | "bad-rating"
  /** No runtime, or no seconds. */
  | "bad-watching"
  /** What was given to be read is no file. */
  | "bad-file"
  /** The link carries no ratings, or did not arrive whole. */
  | "bad-link"
  /** The browser's storage is full: what was just said is not kept. */
  | "storage-full"
  /** Storage failed otherwise: what was just said is not kept. */
  | "storage-failed"
  /** A fault of this package. */
  | "internal";

/** What every function here throws or rejects with, but for the `AbortError` of an aborted `signal`. */
export declare class MatineeError extends Error {
  readonly name: "MatineeError";
  /** What went wrong, for programs. */
  readonly code: ErrorCode;
  /** What the system said of it, if anything. */
  readonly detail?: string;
}

/** All that is kept of one film. */
export interface Rating {
  /** Key of the film. */
  readonly item: string;
  /** Its title when it was rated; it may have left the catalogue since. */
  readonly title: string;
  /** Its year, likewise. */
  readonly year: number | null;
  /** 0.5 to 5 in halves; null where none were given. */
  readonly stars: number | null;
  /** The film was seen. */
  readonly seen: boolean;
  /** It is not to be recommended. */
  readonly notForMe: boolean;
  /** It is to be watched. */
  readonly watchlist: boolean;
  /** It was not seen, as the visitor said when asked: it is not asked about again. */
  readonly unseen: boolean;
  /** How much of it was watched, in seconds of all sittings, where a player told. */
  readonly watched: { readonly seconds: number; readonly runtime: number } | null;
  /** When this was last changed, in milliseconds since 1970. */
  readonly updatedAt: number;
}

/** What can be said of a film without stars. What is left out stays as it was. */
export interface Marks {
  readonly seen?: boolean;
  readonly notForMe?: boolean;
  readonly watchlist?: boolean;
  readonly unseen?: boolean;
}

/** What a list of recommendations is to be like. */
export interface RecommendOptions {
  /** Films wanted, 1 to 1000. Default 12. Fewer are given where there are no more. */
  readonly count?: number;
  /** Only films of one of these genres, by their English names, see `genres`. */
  readonly genres?: readonly string[];
  /** Only films of this year and later. */
  readonly from?: number;
  /** Only films of this year and earlier. */
  readonly to?: number;
  /** From obscure films (-1) over what the model says (0) to crowd-pleasers (1). Default 0. */
  readonly popularity?: number;
  /** How much the films should differ among themselves: not at all (0) to above all (1). Default 0. */
  readonly diversity?: number;
  /** Films to leave out. Those that the visitor is done with are left out anyway. */
  readonly exclude?: readonly FilmRef[];
}

/** What a list of similar films is to be like. */
export interface SimilarOptions {
  /** Films wanted, 1 to 1000. Default 12. */
  readonly count?: number;
  /** Alike by who likes them ("taste", the default), or by genres and years ("content"). */
  readonly by?: "taste" | "content";
  /** Films to leave out. */
  readonly exclude?: readonly FilmRef[];
}

/** What to ask the visitor. */
export interface ElicitOptions {
  /** Films wanted, 1 to 1000. Default 1. */
  readonly count?: number;
  /** Films not to ask about. Those that the visitor said anything of are left out anyway. */
  readonly exclude?: readonly FilmRef[];
}

/** What is known of the model. */
export interface ModelInfo {
  /** Name of the catalogue, which begins the keys of its films: `"movielens"`. */
  readonly catalogue: string;
  /** Name of the model. */
  readonly name: string;
  /** Films in the whole model. */
  readonly films: number;
  /** Films that have arrived so far, the best known first. */
  readonly filmsArrived: number;
  /** What the model was trained with. */
  readonly algorithm: string;
  /** People it was trained on. */
  readonly users: number;
  /** Ratings it was trained on. */
  readonly ratings: number;
  /** Where those are from. Show name and citation where the licence asks for it. */
  readonly dataSets: ReadonlyArray<{ readonly name: string; readonly licence: string; readonly citation: string }>;
}

/** What has changed: ratings, also those of another tab, or the part of the model that has arrived. */
export interface Change {
  readonly kind: "ratings" | "model" | "storage";
}

/** A record of a {@link Store}: keep it as it is. It can be written as JSON, and `item` names it. */
export interface StoredRecord {
  readonly item: string;
  readonly [field: string]: unknown;
}

/** Where ratings are kept. */
export interface Store {
  /** What `storage.kind` says. Default "custom". */
  readonly kind?: string;
  /** Whether records outlive the page or process. Default true. */
  readonly persistent?: boolean;
  /** All records, in any order. */
  all(): Promise<StoredRecord[]>;
  /** Puts records in the place of those with the same `item`, and removes others by `item`: all or none. */
  write(put: StoredRecord[], remove: string[]): Promise<void>;
  /** Removes all records. */
  clear(): Promise<void>;
  /** Calls `changed` when somebody else has changed records; gives what ends it. */
  watch?(changed: () => void): () => void;
  /** Nothing more will be asked. */
  close?(): void;
}

/** A store that lasts as long as the page or process. */
export declare class MemoryStore implements Store {
  readonly kind: "memory";
  readonly persistent: false;
  all(): Promise<StoredRecord[]>;
  write(put: StoredRecord[], remove?: string[]): Promise<void>;
  clear(): Promise<void>;
}

/** How to load. */
export interface LoadOptions {
  /**
   * The model: the address of a `.matinee` file, or of a `model.json`, which names the current one and its SHA-256; or the
   * file's bytes. In Node also a path.
   */
  readonly model: string | URL | Uint8Array;
  /**
   * Where ratings are kept: "browser" is IndexedDB of the page's origin, or memory where the browser keeps nothing for the
   * page; "memory" lasts as long as the page. Default "browser", in Node "memory".
   */
  readonly storage?: "browser" | "memory" | Store;
  /** BCP 47 tag, or several of which the first that fits is taken: en, es, fr, de, ar. Default "en". */
  readonly language?: string | readonly string[];
  /** Told of bytes received; `total` is null where it is not known. Not called where bytes were given. */
  readonly onprogress?: (progress: { readonly received: number; readonly total: number | null }) => void;
  /** Gives up loading. */
  readonly signal?: AbortSignal;
}

/** A file to import: a `File`, or anything with a name and data. */
export type ImportFile =
  | File
  | {
      /** Its name, which tells a Letterboxd watchlist from what was watched. */
      readonly name: string;
      /** Its text or bytes. */
      readonly data: string | ArrayBuffer | ArrayBufferView;
      /** When it was written, in milliseconds since 1970: entries without a date count as said then. Default: now. */
      readonly lastModified?: number;
    };

/** What an import came to, or would come to. Lines count from 1; in JSON they are positions in its list. */
export interface ImportReport {
  /** Where the files are from: "Letterboxd", "IMDb", "Trakt", "MovieLens", "Netflix", "Matinee"; empty for a link. */
  readonly services: readonly string[];
  /** Files that were read, those of archives too. */
  readonly files: readonly string[];
  /** Each film that was found: what was kept of it, and what is now. The newest wins; only "new" and "changed" are written. */
  readonly planned: ReadonlyArray<{
    readonly verdict: "new" | "changed" | "unchanged" | "older";
    readonly before: Rating | null;
    readonly after: Rating;
  }>;
  /** Entries whose film was not found, and the keys of the films it may be. */
  readonly missed: ReadonlyArray<{
    readonly file: string;
    readonly line: number;
    readonly name: string;
    readonly stars: number | null;
    readonly watchlist: boolean;
    readonly maybe: readonly string[];
  }>;
  /** Series, episodes, games. */
  readonly skipped: ReadonlyArray<{ readonly file: string; readonly line: number; readonly title: string; readonly what: string }>;
  /** Entries that could not be read: what is wrong, and how to mend it. */
  readonly problems: ReadonlyArray<{ readonly file: string; readonly line: number; readonly what: string }>;
  /** Files that could not be used, and why. */
  readonly refused: ReadonlyArray<{ readonly file: string; readonly what: string }>;
}

/** A model and a visitor, as the elements have them too. Questions are answered at once; what changes something resolves when it is kept. */
export interface Recommender {
  /** Resolves once the whole model is there and is what was published; rejects with a {@link MatineeError}. */
  readonly complete: Promise<void>;
  /** Where ratings are kept: "browser", "memory" or what a store calls itself, and whether they outlive the page. */
  readonly storage: { readonly kind: string; readonly persistent: boolean };
  /** Language of genres and reasons: "en", "es", "fr", "de" or "ar". */
  readonly language: string;
  /** How it is written. */
  readonly direction: "ltr" | "rtl";
  /** English names of the genres there are: what `recommend` takes. */
  readonly genres: readonly string[];

  /** The film; null where the catalogue, as far as it has arrived, has none. */
  film(film: FilmRef): Film | null;
  /** What was said of the film; null where nothing was. */
  rating(film: FilmRef): Rating | null;
  /** All that was said, the newest first. */
  ratings(): Rating[];
  /**
   * Gives the film 0.5 to 5 stars in halves; null takes them away. Resolves with what is kept of the film now, or null for
   * nothing. Rejects with "bad-rating", "bad-item", "storage-full" or "storage-failed".
   */
  rate(film: FilmRef, stars: number | null): Promise<Rating | null>;
  /** Says of the film what needs no stars. Resolves and rejects as `rate` does. */
  mark(film: FilmRef, marks: Marks): Promise<Rating | null>;
  /**
   * Tells of a sitting: seconds watched since this was last told, and the film's runtime in seconds, a minute to a day. Sittings
   * add up, to the runtime. Little watched counts as a partial dislike, much as a like; stars outweigh it. Rejects with
   * "bad-watching", or as `rate` does.
   */
  watched(sitting: { readonly item: FilmRef; readonly seconds: number; readonly runtime: number }): Promise<Rating | null>;
  /**
   * Puts ratings in the place of what is kept of their films, null forgets it: all or none. What takes an import back:
   * `restore(report.planned.map(({ before, after }) => [after.item, before]))`.
   */
  restore(entries: ReadonlyArray<readonly [item: string, rating: Rating | null]>): Promise<void>;

  /** Films for the visitor, the best first; popular ones while nothing is known of them. Throws "bad-options". */
  recommend(options?: RecommendOptions): Recommendation[];
  /** Films like this one, the most alike first. Throws "bad-item" or "bad-options". */
  similar(film: FilmRef, options?: SimilarOptions): ScoredFilm[];
  /** The stars that the visitor would give the film; null while nothing is known of them, or where the model tells none. Throws "bad-item". */
  predict(film: FilmRef): Prediction | null;
  /** The films whose ratings would tell most about the visitor. Throws "bad-options". */
  elicit(options?: ElicitOptions): Film[];
  /** How well the visitor is known, 0 to 1. */
  knowledge(): number;

  /** Calls `listener` after each change; gives what ends it. */
  subscribe(listener: (change: Change) => void): () => void;
  /** Forgets all ratings. */
  clear(): Promise<void>;
  /** Lets go of model and store. Nothing may be asked afterwards. */
  close(): void;
}

/** What {@link load} gives. */
export interface Matinee extends Recommender {}
export declare class Matinee {
  private constructor();
  /** What is known of the model. */
  readonly info: ModelInfo;
  /** What each of the visitor's ratings adds to the film's score, the weightiest first. Throws "bad-item". */
  explain(film: FilmRef): Array<{ readonly key: string; readonly title: string; readonly amount: number }>;
  /** Films whose title or year is like `query`, small slips allowed, the likeliest first. `count` defaults to 20. */
  search(query: string, count?: number): Film[];
  /**
   * Reads export files of Letterboxd, IMDb, Trakt, MovieLens, Netflix and Matinee, archives included, or a link that
   * {@link export} made, and keeps what is new. `write: false` only says what would come of it. Files that cannot be used are
   * in the report; rejects with "bad-file", "bad-link", or as `rate` does.
   */
  import(source: ImportFile | Iterable<ImportFile> | string, options?: { readonly write?: boolean }): Promise<ImportReport>;
  /**
   * All ratings as text. "json" loses nothing but how long films were watched, "csv" is for spreadsheets, "link" is short and
   * goes into the address of a Matinee site: `<site>/data?move=<text>`. Each can be imported again.
   */
  export(format?: "json" | "csv" | "link"): Promise<string>;
}

/**
 * Loads the program and the model. Resolves once the first films can be recommended; the rest goes on arriving, which
 * `subscribe` and `complete` tell of. Rejects with a {@link MatineeError}, or with the reason of an aborted `signal`.
 */
export declare function load(options: LoadOptions): Promise<Matinee>;
