import assert from "node:assert/strict";
import test from "node:test";

import { attributesOf, message, readByFrame, readByPage, variablesOf } from "./protocol.js";

const NONE = { model: null, item: null, count: null, layout: null, theme: null, lang: null, filter: null, href: null };
const HELLO = { element: "similar", attributes: { ...NONE, item: "imdb:tt0133093" }, variables: {}, base: "https://a.example/", letters: 16 };

test("what one side says, the other reads", () => {
  assert.deepEqual(readByFrame(message("hello", HELLO)), { kind: "hello", ...HELLO });
  assert.deepEqual(readByFrame(message("refresh")), { kind: "refresh" });
  assert.deepEqual(readByPage(message("size", { height: 400 })), { kind: "size", height: 400 });
  const film = { item: "movielens:1", title: "<b>", year: null, imdb: "tt0114709", tmdb: 862, href: null };
  assert.deepEqual(readByPage(message("select", film)), { kind: "select", ...film });
});

test("fields that do not belong to a message are left behind", () => {
  assert.deepEqual(readByPage({ ...message("size", { height: 1 }), ratings: [1] }), { kind: "size", height: 1 });
});

test("everything else is as if it had not come", () => {
  const strangers = [null, undefined, 1, "hello", [], { kind: "refresh" }, { matinee: 2, kind: "refresh" }, { matinee: 1 }];
  for (const stranger of [...strangers, message("__proto__"), message("toString"), message(["refresh"])]) {
    assert.equal(readByFrame(stranger), null);
    assert.equal(readByPage(stranger), null);
  }
  // Each side has messages of its own.
  assert.equal(readByPage(message("refresh")), null);
  assert.equal(readByFrame(message("size", { height: 1 })), null);
});

test("a field of another type, beyond its range or unknown spoils the message", () => {
  const spoiled = [
    ["hello", { ...HELLO, element: "script" }],
    ["hello", { ...HELLO, base: "javascript:0" }],
    ["hello", { ...HELLO, letters: NaN }],
    ["hello", { ...HELLO, attributes: { onclick: "x" } }],
    ["hello", { ...HELLO, attributes: { theme: "https://a.example/x.css" } }],
    ["hello", { ...HELLO, variables: { "--ink": "red" } }],
    ["hello", { ...HELLO, variables: { "--matinee-ink": "red;}" } }],
    ["hello", { ...HELLO, variables: { "--matinee-ground": "URL (//a.example)" } }],
    ["rate", { item: "imdb:tt1", stars: 4.2 }],
    ["rate", { item: "imdb:tt1", stars: "4" }],
    ["rate", { item: "<img>", stars: 4 }],
    ["watched", { item: "imdb:tt1", seconds: -1, runtime: 6000 }],
    ["watched", { item: "imdb:tt1", seconds: 10 }],
  ];
  for (const [kind, fields] of spoiled) assert.equal(readByFrame(message(kind, fields)), null, JSON.stringify(fields));
  assert.equal(readByPage(message("size", { height: 1e9 })), null);
  assert.equal(readByPage(message("select", { item: "a", title: "t", year: 1999, imdb: null, tmdb: null, href: "javascript:0" })), null);
  assert.equal(readByPage(message("ready", { title: "x".repeat(5000) })), null);
});

test("an element's attributes go to its frame, but for those that it must not have", () => {
  const given = { theme: "https://a.example/x.css", layout: "grid", count: "4" };
  const { attributes, refused } = attributesOf((name) => given[name] ?? null);
  assert.deepEqual(attributes, { ...NONE, layout: "grid", count: "4" });
  assert.deepEqual(refused, ["theme"]);
});

test("safe values of known variables go along, and the page's letters", () => {
  const values = { "--matinee-accent": " #a00 ", "--matinee-ground": "url(x)", "--other": "1" };
  const style = { getPropertyValue: (name) => values[name] ?? "", fontFamily: 'Georgia, "Times New Roman"' };
  assert.deepEqual(variablesOf(style), { "--matinee-accent": "#a00", "--matinee-font": 'Georgia, "Times New Roman"' });
});
