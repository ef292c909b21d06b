/* For browsers and bundlers, which find files by `new URL("...", import.meta.url)` and copy them. */

import { entry } from "./entry.js";
import { MatineeError } from "./error.js";
import { MemoryStore } from "./store.js";

const WORDS = {
  ar: () => new URL("./words/ar.json", import.meta.url),
  de: () => new URL("./words/de.json", import.meta.url),
  es: () => new URL("./words/es.json", import.meta.url),
  fr: () => new URL("./words/fr.json", import.meta.url),
};

const { load, Matinee } = entry({
  wasm: {
    core: () => new URL("./core_bg.wasm", import.meta.url),
    importers: () => new URL("./importers_bg.wasm", import.meta.url),
  },
  async words(language) {
    const answer = await fetch(WORDS[language]());
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.text();
  },
});

export { load, Matinee, MatineeError, MemoryStore };
