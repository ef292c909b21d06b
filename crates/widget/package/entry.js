/* What the entries for browsers and for Node share. */

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

/** The bytes of what was given to be read. */
async function opened(file) {
  const data = file?.data ?? file;
  const bytes =
    typeof data === "string" ? new TextEncoder().encode(data)
    : data instanceof ArrayBuffer ? new Uint8Array(data)
    : ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : typeof data?.arrayBuffer === "function" ? new Uint8Array(await data.arrayBuffer())
    : null;
  if (!bytes || typeof file.name !== "string") {
    throw new MatineeError("bad-file", "a file is a File, or an object with a name and data: text or bytes");
  }
  return bytes;
}

/** The package, where its WebAssembly and texts are had from `wasm` and `words`. */
export function entry({ wasm, words }) {
  const startCore = once(() => start(core, wasm.core));
  const startImporters = once(async () => start(await import("./importers.js"), wasm.importers));

  class Matinee extends Recommender {
    async #importers(use) {
      const [{ Importers }] = await Promise.all([startImporters(), this.complete]);
      const importers = new Importers(this.bytes);
      try {
        return await use(importers);
      } catch (error) {
        throw MatineeError.of(error);
      } finally {
        importers.free();
      }
    }

    /** Ratings of files or of a link; see the types. */
    async import(source, { write = true } = {}) {
      const report = await this.#importers(async (importers) => {
        if (typeof source === "string") return importers.readLink(source, this.ratings(), Date.now());
        for (const file of typeof source?.[Symbol.iterator] === "function" ? source : [source]) {
          if (!importers.admits(String(file?.name), Number(file?.size ?? 0))) continue;
          importers.add(file.name, await opened(file), Number(file.lastModified ?? Date.now()));
        }
        return importers.finish(this.ratings(), Date.now());
      });
      const changes = report.planned.filter(({ verdict }) => verdict === "new" || verdict === "changed");
      if (write && changes.length) await this.restore(changes.map(({ after }) => [after.item, after]));
      return report;
    }

    /** All ratings as text, in the format "json", "csv" or "link". */
    export(format = "json") {
      return this.#importers((importers) => {
        const ratings = this.ratings();
        switch (format) {
          case "json":
            return importers.exportJson(ratings);
          case "csv":
            return importers.exportCsv(ratings);
          case "link":
            return importers.exportLink(ratings);
          default:
            throw new MatineeError("bad-options", `format is ${format}; give "json", "csv" or "link"`);
        }
      });
    }
  }

  /** Loads the program and the model; see the types. */
  async function load(options = {}) {
    return Matinee.open(await startCore(), { words, ...options });
  }

  return { load, Matinee };
}
