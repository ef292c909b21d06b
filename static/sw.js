// Keeps the page and what it names on the device: a return visit waits for no network, and works without one.
//
// The page is the pointer. It names app and model by their hashes, so what it names never changes. A visit is answered
// with the page that is kept; meanwhile it is asked for anew, and one that has changed takes the old one's place only
// when all that it names is kept too. No visitor sees half of a release.

const PAGE = self.registration.scope;
/** An origin may hold several sites, each in a folder of its own. */
const CACHE = `matinee ${PAGE}`;
/** A file that the page names: in quotation marks, or in the brackets of a style sheet. */
const NAMED = /["'(]\.?\/?([\w./-]+\.(?:js|wasm|css|woff2|svg|png|json|webmanifest|matinee))["')]/g;

const named = (html) => new Set([...html.matchAll(NAMED)].map(([, name]) => new URL(name, PAGE).href));

/** The folder of the catalogues of texts. The page names them all, in its own way: only what a visitor reads is kept. */
const LOCALES = `${PAGE}locales/`;

/** The catalogues that `html` names of the languages that have been read here. */
async function read(cache, html) {
  const kept = (await cache.keys()).filter(({ url }) => url.startsWith(LOCALES));
  const languages = new Set(kept.map(({ url }) => url.slice(LOCALES.length).split('.')[0]));
  const hash = (language) => html.match(`"${language}":\\["([0-9a-f]{16})"`)?.[1];
  return [...languages].filter(hash).map((language) => `${LOCALES}${language}.${hash(language)}.json`);
}

/** Fetches the page, and where it is new keeps all that it names, then itself. */
async function update(visit) {
  const answer = await fetch(PAGE, { cache: 'no-cache' });
  if (!answer.ok) return;
  const cache = await caches.open(CACHE);
  const html = await answer.clone().text();
  const before = await cache.match(PAGE);
  const old = before ? await before.text() : '';
  if (html === old) return;
  const names = new Set([...named(html), ...(await read(cache, html))]);
  for (const name of names) {
    if (await cache.match(name, { ignoreVary: true })) continue;
    const file = await fetch(name);
    if (!file.ok) throw new Error(`${name}: status ${file.status}`);
    await cache.put(name, file);
  }
  await cache.put(PAGE, answer);
  if (!before) return;
  // An open page may still ask for what the release before named; what is older is forgotten.
  const keep = new Set([PAGE, ...names, ...named(old), ...(await read(cache, old))]);
  for (const { url } of await cache.keys()) {
    if (!keep.has(url)) await cache.delete(url);
  }
  // The page that this visit opens may not be there yet: `get` waits for it.
  const opened = visit ? await self.clients.get(visit) : undefined;
  const clients = new Set([opened, ...(await self.clients.matchAll())].filter(Boolean));
  for (const client of clients) client.postMessage('matinee-updated');
}

async function kept(request, name) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(name, { ignoreVary: true });
  if (found || !name.startsWith(LOCALES)) return found ?? fetch(request);
  const answer = await fetch(request);
  if (answer.ok) await cache.put(name, answer.clone());
  return answer;
}

self.addEventListener('install', (event) => event.waitUntil(update().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  url.hash = '';
  if (request.method !== 'GET' || !url.href.startsWith(PAGE)) return;
  // Asked for again by hand, past every cache: a model that arrived damaged, say.
  if (request.cache === 'reload' || request.cache === 'no-store') return;
  if (request.mode === 'navigate') {
    if (url.href !== PAGE && url.href !== `${PAGE}index.html`) return;
    event.respondWith(kept(request, PAGE));
    // Without a network the page kept is the newest there is.
    event.waitUntil(update(event.resultingClientId).catch(() => undefined));
  } else {
    event.respondWith(kept(request, url.href));
  }
});
