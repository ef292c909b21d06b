/** Films, as lists and questions give them. */

/**
 * Names a film: `"imdb:tt0133093"`, `"tmdb:603"`, a key such as `"movielens:2571"`, the catalogue's own id `"2571"`, or
 * anything that has a key, such as a film of a list.
 */
export type FilmRef = string | number | { readonly key: string } | { readonly item: string };

/** A film of the catalogue. */
export interface Film {
  /** Names it whatever the model: catalogue and id, `"movielens:2571"`. */
  readonly key: string;
  /** Its id in the catalogue, `"2571"`. */
  readonly id: string;
  readonly title: string;
  /** Year of release; null where it is not known. */
  readonly year: number | null;
  /** Its genres, in the language of the recommender. */
  readonly genres: readonly string[];
  /** Year and genres on one line: `"1995 · Crime, Drama"`. */
  readonly facts: string;
  /** Id at IMDb, `"tt0133093"`. */
  readonly imdb: string | null;
  /** Id at TMDB. */
  readonly tmdb: number | null;
  /** A drawn cover. */
  readonly cover: Cover;
}

/**
 * A cover as plain data, to be drawn as SVG with `viewBox="0 0 200 300"`: a ground, a picture made of shapes, which may reach
 * beyond its frame and are to be clipped to it, and the title in lines below it. All lengths are in units of the view box.
 */
export interface Cover {
  /** Colour of the ground, as CSS has it. */
  readonly ground: string;
  /** Colour of the lettering. */
  readonly ink: string;
  /** Frame of the picture. */
  readonly picture: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Paths, the lowest first; those with a `stroke` are lines of that `width`. */
  readonly shapes: ReadonlyArray<{ readonly d: string; readonly fill?: string; readonly stroke?: string; readonly width?: number }>;
  /** Size of the title's letters. */
  readonly size: number;
  /** Lines of the title: where their baselines begin, and how wide they are to be. */
  readonly lines: ReadonlyArray<{ readonly x: number; readonly y: number; readonly width: number; readonly text: string }>;
  /** The year as it stands on the cover; may be empty. */
  readonly year: string;
  /** Baseline of the year. */
  readonly yearY: number;
  /** Size of its digits. */
  readonly yearSize: number;
  /** Distance of the year from the left. */
  readonly margin: number;
}

/** A film that is like another. */
export interface ScoredFilm extends Film {
  /** The higher, the more alike. Comparable within one list only. */
  readonly score: number;
}

/** A film for the visitor. */
export interface Recommendation extends Film {
  /** The higher, the more it suits. Comparable within one list only. */
  readonly score: number;
  /** The stars that the visitor would give it; null while nothing is known of them, or where the model tells none. */
  readonly stars: Prediction | null;
  /** Why it is recommended; null while nothing is known of the visitor. */
  readonly reason: Reason | null;
}

/** Stars that somebody would give, 0.5 to 5, with decimals. */
export interface Prediction {
  /** The best guess. */
  readonly stars: number;
  /** Four times out of five they give at least this. */
  readonly low: number;
  /** And at most this. */
  readonly high: number;
}

/** A sentence, in the language of the recommender. */
export interface Reason {
  /** The whole sentence. */
  readonly text: string;
  /** The same in pieces, so that titles can be set otherwise. */
  readonly parts: ReadonlyArray<{ readonly text: string; readonly title: boolean }>;
}
