/* What the entries for browsers and for Node share. */

import { bringIn, takeOut } from "./carry.js";
import * as core from "./core.js";
import { MatineeError } from "./error.js";
import { Recommender } from "./recommender.js";

/** Runs `make` at the first call, and again only after it failed. */
const once = (make) => {
  let made;
  return () => (made ??= make().catch((error) => {
    made = undefined;
    throw error;
  }));
};

/** Initialises a module with what `wasm` gives: an address or bytes. */
const start = async (module, wasm) => {
  try {
    await module.default({ module_or_path: await wasm() });
    return module;
  } catch (error) {
    throw new MatineeError("files-unreachable", "the WebAssembly of the recommender could not be loaded", error?.message);
  }
};

/** The package, where its WebAssembly and texts are had from `wasm` and `words`. */
export function entry({ wasm, words }) {
  const startCore = once(() => start(core, wasm.core));
  const startImporters = once(async () => start(await import("./importers.js"), wasm.importers));

  class Matinee extends Recommender {
    /** Ratings of files or of a link; see the types. */
    async import(source, { write = true } = {}) {
      return bringIn(await startImporters(), this, source, write);
    }

    /** All ratings as text, in the format "json", "csv" or "link". */
    async export(format = "json") {
      return takeOut(await startImporters(), this, format);
    }
  }

  /** Loads the program and the model; see the types. */
  async function load(options = {}) {
    return Matinee.open(await startCore(), { words, ...options });
  }

  return { load, Matinee };
}
