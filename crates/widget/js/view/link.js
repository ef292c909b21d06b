const HOLE = /\{(id|key|imdb|tmdb|title|year)\}/g;

/**
 * Where a click on the film goes: the template with what it asks for filled in. Null where there is no template, the film
 * lacks what it asks for, or the address is of a kind that could run code.
 */
export function link(template, film, base) {
  if (!template) return null;
  let lacking = false;
  const filled = template.replace(HOLE, (_, name) => {
    lacking ||= film[name] == null;
    return encodeURIComponent(film[name]);
  });
  return lacking ? null : webAddress(filled, base);
}

/** The address in full if it is one of the web, else null. */
export function webAddress(address, base) {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
