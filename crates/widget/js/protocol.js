/*
 * What page and frame tell each other: `{matinee: VERSION, kind, ...}`. Each side looks at who sent a message and from which
 * origin, and takes only what is described here; everything else is as if it had not come.
 */

export const VERSION = 1;

/** Highest frame in pixels. */
export const TALLEST = 20_000;

const TEXT = 2000;

const text = (most) => (value) => typeof value === "string" && value.length <= most;
const number = (least, most) => (value) => typeof value === "number" && value >= least && value <= most;
const whole = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
const oneOf = (...values) => (value) => values.includes(value);
const nothingOr = (valid) => (value) => value === null || valid(value);
const matching = (pattern) => (value) => typeof value === "string" && pattern.test(value);
const webAddress = (value) =>
  typeof value === "string" && value.length <= TEXT && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** Some of these fields, each as told; no others. */
const someOf = (fields) => (value) =>
  value !== null &&
  typeof value === "object" &&
  Object.entries(value).every(([name, field]) => Object.hasOwn(fields, name) && fields[name](field));

/** Values that a style sheet may have, without anything that could load, end or escape. */
const styleValue = matching(/^(?!.*(?:url|image|src|expression|attr|env)\s*\()[\w\s#%.,()"'/*+-]{1,200}$/i);

const VARIABLES = [
  "accent",
  "ink",
  "muted",
  "ground",
  "line",
  "radius",
  "gap",
  "card-width",
  "font",
  "heading-font",
  "star",
].map((name) => `--matinee-${name}`);

const variables = someOf(Object.fromEntries(VARIABLES.map((name) => [name, styleValue])));

const ATTRIBUTES = {
  model: nothingOr(webAddress),
  item: nothingOr(matching(/^[\w:.-]{1,100}$/)),
  count: nothingOr(matching(/^\d{1,3}$/)),
  layout: nothingOr(oneOf("carousel", "grid", "list")),
  theme: nothingOr(oneOf("auto", "light", "dark")),
  lang: nothingOr(matching(/^[A-Za-z0-9-]{1,35}$/)),
  filter: nothingOr(text(500)),
  href: nothingOr(text(TEXT)),
};

const item = matching(/^[\w:.-]{1,100}$/);
const sitting = {
  item,
  seconds: number(0, 86_400),
  runtime: number(60, 86_400),
};

/** What the page tells its frame. */
const TO_FRAME = {
  hello: {
    element: oneOf("recommendations", "similar", "rate", "onboarding"),
    attributes: someOf(ATTRIBUTES),
    variables,
    base: webAddress,
    letters: number(8, 64),
  },
  change: { attributes: someOf(ATTRIBUTES), variables },
  rate: { item, stars: (value) => value === null || (number(0.5, 5)(value) && Number.isInteger(value * 2)) },
  watched: sitting,
  refresh: {},
};

/** What a frame tells the page. What its visitor rated, and what that made of the list, are not among it. */
const TO_PAGE = {
  ready: { title: text(TEXT) },
  size: { height: whole(1, TALLEST) },
  select: {
    item,
    title: text(TEXT),
    year: nothingOr(whole(0, 9999)),
    imdb: nothingOr(matching(/^tt\d{1,12}$/)),
    tmdb: nothingOr(whole(0, 2 ** 32)),
    href: nothingOr(webAddress),
  },
  error: { code: matching(/^[a-z-]{1,40}$/), message: text(TEXT), detail: nothingOr(text(TEXT)), lasting: oneOf(true, false) },
};

function reader(kinds) {
  return (message) => {
    if (message === null || typeof message !== "object" || message.matinee !== VERSION) return null;
    if (typeof message.kind !== "string" || !Object.hasOwn(kinds, message.kind)) return null;
    const read = { kind: message.kind };
    for (const [name, valid] of Object.entries(kinds[message.kind])) {
      if (!Object.hasOwn(message, name) || !valid(message[name])) return null;
      read[name] = message[name];
    }
    return read;
  };
}

/** The message with the fields that belong to it, or null where it is none. */
export const readByFrame = reader(TO_FRAME);
export const readByPage = reader(TO_PAGE);

export const message = (kind, fields) => ({ matinee: VERSION, kind, ...fields });

/** Those of an element's variables that may go to a frame. Its letters are the page's own unless told. */
export function variablesOf(style) {
  const named = VARIABLES.map((name) => [name, style.getPropertyValue(name).trim()]);
  const variables = Object.fromEntries(named.filter(([, value]) => value && styleValue(value)));
  if (styleValue(style.fontFamily)) variables["--matinee-font"] ??= style.fontFamily;
  return variables;
}

/** Those of an element's attributes that a frame understands, and the names of those that it must not have. */
export function attributesOf(given) {
  const attributes = {};
  const refused = [];
  for (const [name, valid] of Object.entries(ATTRIBUTES)) {
    const value = given(name);
    attributes[name] = valid(value) ? value : null;
    if (!valid(value)) refused.push(name);
  }
  return { attributes, refused };
}
