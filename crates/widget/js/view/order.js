/**
 * What a list shows after ratings changed. Films in sight keep their places, so that nothing moves under the visitor's
 * eyes, and those that are done with make room for the best that is not shown yet; everything out of sight is new.
 *
 * `shown` and `fresh` are films with a `key`; `inSight` and `isDone` tell by key. `back` is `{film, place}` of a film that
 * comes back because it was taken back.
 */
export function settle(shown, fresh, { count, inSight, isDone, back }) {
  const kept = shown.slice(0, count).map((film) => (inSight(film.key) && !isDone(film.key) ? film : null));
  while (kept.length < count) kept.push(null);
  if (back) kept[Math.min(back.place, count - 1)] = back.film;
  const placed = new Set(kept.map((film) => film?.key));
  const rest = fresh.filter((film) => !placed.has(film.key));
  const newest = new Map(fresh.map((film) => [film.key, film]));
  // A film that stays has reason and stars of now.
  return kept.map((film) => (film ? newest.get(film.key) ?? film : rest.shift())).filter(Boolean);
}
