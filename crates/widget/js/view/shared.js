import { MatineeError, Recommender, openModule } from "../recommender.js";

/** How long a recommender outlives the last element that used it: time for a page to be redrawn. */
const LINGER_MS = 5000;

const modules = new Map();
const recommenders = new Map();

/** A module of WebAssembly in `files`, loaded once, and anew after it failed. */
export function openOnce(files, name) {
  const opened =
    modules.get(name) ??
    openModule(files, name).catch((error) => {
      modules.delete(name);
      throw new MatineeError("files-unreachable", `${name} at ${files} could not be loaded`, error.message);
    });
  modules.set(name, opened);
  return opened;
}

async function openShared(files, model, language, signal) {
  const words = async (tag) => {
    const answer = await fetch(new URL(`words/${tag}.json`, files), { credentials: "omit" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.text();
  };
  return Recommender.open(await openOnce(files, "core"), { model, language, words, storage: "browser", signal });
}

/**
 * The recommender of a model in a language, that all elements of a page share. Gives `{opened, release}`: a promise of it,
 * and what to call when it is no longer needed.
 */
export function share(files, model, language) {
  const name = `${language} ${model}`;
  let shared = recommenders.get(name);
  if (!shared) {
    const stop = new AbortController();
    shared = { users: 0, timer: 0, stop, opened: openShared(files, model, language, stop.signal) };
    recommenders.set(name, shared);
    // The next that asks tries anew, also where the model broke off after its first films.
    shared.opened.then(({ complete }) => complete).catch(() => recommenders.get(name) === shared && recommenders.delete(name));
  }
  shared.users += 1;
  clearTimeout(shared.timer);
  let held = true;
  const close = () => {
    if (recommenders.get(name) === shared) recommenders.delete(name);
    shared.stop.abort();
    shared.opened.then((recommender) => recommender.close(), () => {});
  };
  return {
    opened: shared.opened,
    release() {
      if (!held) return;
      held = false;
      shared.users -= 1;
      if (!shared.users) shared.timer = setTimeout(close, LINGER_MS);
    },
  };
}
