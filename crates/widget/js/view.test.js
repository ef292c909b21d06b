import assert from "node:assert/strict";
import test from "node:test";

import { readFilter } from "./view/filter.js";
import { link, webAddress } from "./view/link.js";
import { settle } from "./view/order.js";
import { pressed } from "./view/stars.js";

const GENRES = ["Comedy", "Drama", "Film Noir"];

test("a filter is read, and what is not understood is told", () => {
  assert.deepEqual(readFilter("genre:comedy,Film_Noir year:1990-2010 popularity:-0.5 diversity:0.3", GENRES), {
    options: { genres: ["Comedy", "Film Noir"], from: 1990, to: 2010, popularity: -0.5, diversity: 0.3 },
    unknown: [],
  });
  assert.deepEqual(readFilter("year:1999", GENRES).options, { from: 1999, to: 1999 });
  assert.deepEqual(readFilter("year:-1980", GENRES).options, { to: 1980 });
  assert.deepEqual(readFilter("year:1980-", GENRES).options, { from: 1980 });
  const nonsense = ["genre:Opera", "year:-", "year:80s", "popularity:2", "diversity:x", "constructor:1", "loud"];
  assert.deepEqual(readFilter(nonsense.join("  "), GENRES), { options: {}, unknown: nonsense });
  assert.deepEqual(readFilter("  ", GENRES), { options: {}, unknown: [] });
});

test("a link is filled in, and is one of the web or none", () => {
  const film = { id: "1", key: "movielens:1", imdb: "tt0133093", tmdb: null, title: "A & B?", year: 1999 };
  const base = "https://partner.example/film/";
  assert.equal(link("/f/{id}?t={title}#{key}", film, base), "https://partner.example/f/1?t=A%20%26%20B%3F#movielens%3A1");
  assert.equal(link("", film, base), null);
  assert.equal(link("/f/{tmdb}", film, base), null);
  assert.equal(link("javascript:alert({id})", film, base), null);
  assert.equal(link("{title}", { ...film, title: "javascript:alert(1)" }, base), `${base}javascript%3Aalert(1)`);
  assert.equal(webAddress("data:text/html,x", base), null);
  assert.equal(webAddress("http://[", base), null);
});

const films = (keys) => [...keys].map((key) => ({ key }));
const keys = (list) => list.map(({ key }) => key).join("");

test("films in sight stay where they are, and the next takes the place of what is done with", () => {
  const rule = { count: 4, inSight: (key) => "abc".includes(key), isDone: (key) => key === "b" };
  assert.equal(keys(settle(films("abcd"), films("cxayzd"), rule)), "axcy");
  // Nothing is left: the list gets shorter.
  assert.equal(keys(settle(films("abcd"), films("ac"), rule)), "ac");
  assert.equal(keys(settle([], films("vwxyz"), rule)), "vwxy");
});

test("what is taken back comes back to its place", () => {
  const rule = { count: 4, inSight: () => true, isDone: () => false, back: { film: { key: "b" }, place: 1 } };
  assert.equal(keys(settle(films("axcd"), films("abcd"), rule)), "abcd");
});

test("a film that stays gets what is new about it", () => {
  const rule = { count: 1, inSight: () => true, isDone: () => false };
  assert.deepEqual(settle([{ key: "a", stars: 3 }], [{ key: "b" }, { key: "a", stars: 4 }], rule), [{ key: "a", stars: 4 }]);
});

test("keys move the stars by halves, within their ends", () => {
  const at = (stars, more = {}) => ({ stars, kept: null, rtl: false, deferred: true, ...more });
  assert.deepEqual(pressed("ArrowRight", at(null)), { stars: 0.5, now: false });
  assert.deepEqual(pressed("ArrowRight", at(5)), { stars: 5, now: false });
  assert.deepEqual(pressed("ArrowLeft", at(0.5)), { stars: 0.5, now: false });
  assert.deepEqual(pressed("ArrowLeft", at(3, { rtl: true, deferred: false })), { stars: 3.5, now: true });
  assert.deepEqual(pressed("4", at(1)), { stars: 4, now: true });
  assert.deepEqual(pressed("Delete", at(1)), { stars: null, now: true });
  assert.deepEqual(pressed("Escape", at(1, { kept: 2 })), { stars: 2, now: true });
  assert.equal(pressed("Tab", at(1)), null);
});
