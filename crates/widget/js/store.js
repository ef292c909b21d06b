/*
 * Where ratings are kept: in IndexedDB, in the database that the site of the same origin uses, or in memory where the browser
 * keeps nothing. Records are those of `Rating` in crates/web/src/rating.rs.
 */

const DATABASE = "matinee";
const VERSION = 1;
const RATINGS = "ratings";
const MODELS = "models";
const CHANNEL = "matinee-ratings";

/** Ratings for as long as the page is open. */
export class MemoryStore {
  #records = new Map();

  constructor() {
    this.kind = "memory";
    this.persistent = false;
  }

  async all() {
    return [...this.#records.values()];
  }

  /** Writes and removes, all or none. */
  async write(put, remove = []) {
    for (const item of remove) this.#records.delete(item);
    for (const record of put) this.#records.set(record.item, record);
  }

  async clear() {
    this.#records.clear();
  }

  watch() {
    return () => {};
  }

  close() {}
}

const promised = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const open = (version) => {
  const request = indexedDB.open(DATABASE, version);
  request.onupgradeneeded = () => {
    const database = request.result;
    database.createObjectStore(RATINGS, { keyPath: "item" });
    database.createObjectStore(MODELS);
  };
  return promised(request);
};

/** Ratings in the browser. */
export class BrowserStore {
  #database;
  #channel;

  constructor(database) {
    this.kind = "browser";
    this.persistent = true;
    this.#database = database;
    // Another tab that needs a newer database must not wait for this one.
    database.onversionchange = () => database.close();
    // Tells other tabs of changes, and hears of theirs.
    this.#channel = globalThis.BroadcastChannel && new BroadcastChannel(CHANNEL);
  }

  /** Rejects where the browser keeps nothing for this page. */
  static async open() {
    try {
      return new BrowserStore(await open(VERSION));
    } catch (error) {
      // A newer version was here. It only ever adds, so its database serves as it is.
      if (error?.name === "VersionError") return new BrowserStore(await open());
      throw error;
    }
  }

  all() {
    return promised(this.#database.transaction(RATINGS).objectStore(RATINGS).getAll());
  }

  /** Writes and removes, all or none: resolved, it survives a crash. */
  write(put, remove = []) {
    return this.#change((ratings) => {
      for (const item of remove) ratings.delete(item);
      for (const record of put) ratings.put(record);
    });
  }

  clear() {
    return this.#change((ratings) => ratings.clear());
  }

  #change(change) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(RATINGS, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => {
        this.#channel?.postMessage("changed");
        resolve();
      };
      transaction.onabort = () => reject(transaction.error);
      change(transaction.objectStore(RATINGS));
    });
  }

  /** Calls `changed` when another tab has changed ratings; gives what ends it. */
  watch(changed) {
    this.#channel?.addEventListener("message", changed);
    return () => this.#channel?.removeEventListener("message", changed);
  }

  close() {
    this.#channel?.close();
    this.#database.close();
  }
}

/** The browser's store, or memory where it has none: embedded pages often have not. */
export async function openStore(kind) {
  if (kind === "memory") return new MemoryStore();
  try {
    return await BrowserStore.open();
  } catch {
    return new MemoryStore();
  }
}
