/* For Node: files are read from the disk, and ratings last as long as the process unless a store is given. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { entry } from "./entry.js";
import { MatineeError } from "./error.js";
import { MemoryStore } from "./store.js";

const own = (name) => readFile(new URL(name, import.meta.url));

const { load: start, Matinee } = entry({
  wasm: {
    core: () => own("./core_bg.wasm"),
    importers: () => own("./importers_bg.wasm"),
  },
  words: (language) => own(`./words/${language}.json`).then(String),
});

/** What a file of the disk is at; null for an address of the web. */
function fileUrl(model) {
  if (!(model instanceof URL)) {
    if (/^https?:/i.test(model)) return null;
    model = /^file:/i.test(model) ? new URL(model) : pathToFileURL(resolve(model));
  }
  return model.protocol === "file:" ? model : null;
}

async function read(url) {
  try {
    return await readFile(url);
  } catch (error) {
    throw new MatineeError("model-unreachable", `${url.pathname} could not be read`, error?.message);
  }
}

/** A model of the disk: the file itself, or the one that a pointer names. */
async function modelAt(url) {
  const bytes = await read(url);
  if (!url.pathname.endsWith(".json")) return bytes;
  let pointer;
  try {
    pointer = JSON.parse(bytes);
  } catch {
    pointer = null;
  }
  if (typeof pointer?.model !== "string" || typeof pointer.sha256 !== "string") {
    throw new MatineeError("bad-pointer", `${url.pathname} does not say which model is current; name a model.json or a .matinee file`);
  }
  const model = await read(new URL(pointer.model, url));
  const found = createHash("sha256").update(model).digest("hex");
  if (found !== pointer.sha256.toLowerCase()) {
    throw new MatineeError("model-hash", `${pointer.model} is not the model that was published`, `SHA-256 ${found}`);
  }
  return model;
}

async function load({ model, storage = "memory", ...options } = {}) {
  if (typeof model === "string" || model instanceof URL) {
    const url = fileUrl(model);
    if (url) model = await modelAt(url);
  }
  return start({ model, storage, ...options });
}

export { load, Matinee, MatineeError, MemoryStore };
