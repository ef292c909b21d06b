import { sayTitle } from "./dom.js";

/**
 * What a visitor does to a film, how it is told, and how it is taken back. `onback` gets the film before that happens, so
 * that it can come back to where it stood.
 */
export function deeds({ recommender, emit, tell, foot }, onback = () => {}) {
  const { texts } = recommender;

  async function attempt(deed) {
    try {
      await deed();
    } catch (error) {
      foot.say([texts.notKept]);
      tell(error);
    }
  }

  function undo(film, before) {
    return attempt(async () => {
      onback(film);
      await recommender.restore([[film.key, before]]);
      foot.say([texts.undone]);
    });
  }

  function doTo(film, deed, said) {
    return attempt(async () => {
      const before = recommender.rating(film.key);
      const done = deed();
      foot.say(said, () => undo(film, before));
      await done;
    });
  }

  return {
    rate(film, stars) {
      const { key: item, title, year, imdb, tmdb } = film;
      const said =
        stars === null
          ? sayTitle(texts.unrated, { title })
          : sayTitle(texts.rated, { title, stars: recommender.starsWords(stars) });
      return doTo(
        film,
        () => {
          const kept = recommender.rate(item, stars);
          emit("rate", { item, title, year, imdb, tmdb, stars });
          return kept;
        },
        said,
      );
    },
    /** Marks say what needs no stars. */
    setAside(film, marks) {
      const said = sayTitle(texts.setAside, { title: film.title });
      return doTo(film, () => recommender.mark(film.key, marks), said);
    },
  };
}
