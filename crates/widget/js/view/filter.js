const NUMBER = /^-?\d+(\.\d+)?$/;

const within = (least, most) => (text) => {
  const number = NUMBER.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : null;
};

/** `Film_Noir` and `film-noir` are both what a catalogue calls Film-Noir. */
const plain = (genre) => genre.toLowerCase().replace(/[\s_-]+/g, " ");

const READERS = {
  genre: (text, genres) => {
    const known = text.split(",").map((name) => genres.find((genre) => plain(genre) === plain(name)));
    return known.every(Boolean) ? { genres: known } : null;
  },
  year: (text) => {
    const [, from, to] = /^(\d{4})?-(\d{4})?$/.exec(text) ?? /^((\d{4}))$/.exec(text) ?? [];
    return from || to ? { ...(from && { from: Number(from) }), ...(to && { to: Number(to) }) } : null;
  },
  popularity: (text) => {
    const popularity = within(-1, 1)(text);
    return popularity === null ? null : { popularity };
  },
  diversity: (text) => {
    const diversity = within(0, 1)(text);
    return diversity === null ? null : { diversity };
  },
};

/**
 * Reads "genre:Comedy,Drama year:1990-2010 popularity:-0.5 diversity:0.3"; `_` stands for a space in a genre. Gives what it
 * asks for as options of a list, and the words that were not understood.
 */
export function readFilter(text, genres) {
  const options = {};
  const unknown = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const colon = word.indexOf(":");
    const name = word.slice(0, Math.max(colon, 0));
    const read = Object.hasOwn(READERS, name) ? READERS[name](word.slice(colon + 1), genres) : null;
    if (read) Object.assign(options, read);
    else unknown.push(word);
  }
  return { options, unknown };
}
