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
/** A hash in a file's name, or in its folder's: what lies there never changes. */
const HASHED = /[0-9a-f]{12}/;

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

/** One update at a time, in this worker and in the one that takes its place: two at once would undo each other's work. */
const alone = (work) => (navigator.locks ? navigator.locks.request(`matinee update ${PAGE}`, work) : work());

/** Fetches a file. Hosts that have lost one, and the sign-in pages of trains and hotels, answer with a page in its place. */
async function file(name, html) {
  const answer = await fetch(name, { cache: HASHED.test(name) ? 'default' : 'no-cache' });
  const type = answer.headers.get('content-type') ?? '';
  if (answer.status !== 200 || answer.redirected || /html/i.test(type)) {
    throw new Error(`${name}: status ${answer.status}, ${type}`);
  }
  const start = name.endsWith('.wasm') ? [0, 0x61, 0x73, 0x6d] : [];
  const sha256 = name.endsWith('.matinee') && html.match(/data-sha256="([0-9a-f]{64})"/)?.[1];
  if (start.length || sha256) {
    const bytes = await answer.clone().arrayBuffer();
    const digest = sha256 ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)) : [];
    const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const is = new Uint8Array(bytes);
    if (hex !== (sha256 || '') || start.some((byte, at) => is[at] !== byte)) throw new Error(`${name}: damaged`);
  }
  return answer;
}

/** Fetches the page, and where it is new keeps all that it names, then itself. */
async function update(visit) {
  const answer = await fetch(PAGE, { cache: 'no-cache' });
  const html = await answer.clone().text();
  if (answer.status !== 200 || !html.includes('name="matinee-model"')) throw new Error(`no page: status ${answer.status}`);
  const cache = await caches.open(CACHE);
  const before = await cache.match(PAGE);
  const old = before ? await before.text() : '';
  if (html === old) return;
  const names = new Set([...named(html), ...(await read(cache, html))]);
  // What has no hash in its name may have changed too. It takes its old self's place last, together with the page.
  const changeable = [];
  for (const name of names) {
    if (!HASHED.test(name)) {
      changeable.push([name, await file(name, html)]);
    } else if (!(await cache.match(name, { ignoreVary: true }))) {
      await cache.put(name, await file(name, html));
    }
  }
  for (const [name, content] of changeable) await cache.put(name, content);
  await cache.put(PAGE, answer);
  if (!before) return;
  // An open page may still ask for what the release before named; what is older is forgotten.
  const keep = new Set([PAGE, ...names, ...named(old), ...(await read(cache, old))]);
  for (const { url } of await cache.keys()) {
    if (!keep.has(url)) await cache.delete(url);
  }
  // The page that this visit opens may not be there yet: `get` waits for it. Others may still have the worker before this one.
  const opened = visit ? await self.clients.get(visit) : undefined;
  const others = await self.clients.matchAll({ includeUncontrolled: true });
  const clients = new Set([opened, ...others].filter((client) => client?.url.startsWith(PAGE)));
  for (const client of clients) client.postMessage('matinee-updated');
}

async function kept(request, name) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(name, { ignoreVary: true });
  if (found || !name.startsWith(LOCALES)) return found ?? fetch(request);
  const answer = await fetch(request);
  if (answer.status === 200 && !/html/i.test(answer.headers.get('content-type') ?? '')) await cache.put(name, answer.clone());
  return answer;
}

/** Without a network, or with half a release on the host, what is kept is the newest there is. */
const look = (visit) => alone(() => update(visit)).catch(() => undefined);

self.addEventListener('install', (event) => event.waitUntil(alone(() => update()).then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
// A page that stays open for days asks now and then.
self.addEventListener('message', (event) => {
  if (event.data === 'matinee-look') event.waitUntil(look());
});
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
    event.waitUntil(look(event.resultingClientId));
  } else {
    event.respondWith(kept(request, url.href));
  }
});
