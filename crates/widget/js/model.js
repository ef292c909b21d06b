/* Brings the model, piece by piece, and vouches for it. */

import { MatineeError } from "./error.js";

/** Pieces in which bytes at hand are decoded, so that the page gets its turns. */
const PIECE = 1 << 16;
/** Milliseconds of decoding after which the page gets one. */
const TURN = 16;

const pause = () => new Promise((resolve) => setTimeout(resolve));

async function request(url, { signal, cache }) {
  let answer;
  try {
    // Nothing of the visitor goes along.
    answer = await fetch(url, { signal, cache, credentials: "omit", referrerPolicy: "no-referrer" });
  } catch (error) {
    if (error?.name === "AbortError") throw error;
    throw new MatineeError("model-unreachable", `${url} could not be reached`, error?.message);
  }
  if (!answer.ok) throw new MatineeError("model-unreachable", `${url} answered with status ${answer.status}`);
  return answer;
}

/**
 * What `url` names: a model's file, or the small JSON file that says which is current.
 * Gives `{url, sha256, bytes}`, the last two where known.
 */
async function resolve(url, options) {
  if (!url.pathname.endsWith(".json")) return { url };
  const answer = await request(url, { ...options, cache: "no-cache" });
  const pointer = await answer.json().catch(() => null);
  const { model, sha256, bytes } = pointer ?? {};
  if (typeof model !== "string" || !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new MatineeError("bad-pointer", `${url} does not say which model is current; name a model.json or a .matinee file`);
  }
  return { url: new URL(model, url), sha256, bytes: Number.isSafeInteger(bytes) ? bytes : undefined };
}

/** In hexadecimal; nothing where the connection is not secure, as browsers have no SHA-256 there. */
async function sha256(bytes) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Feeds the model to `push`, which says of each piece whether there is more to recommend from; `grown` is called when there
 * is. Gives the bytes of the whole once they are what was published.
 */
export async function bring(model, { push, grown, onprogress, signal }) {
  let since = performance.now();
  const take = async (bytes) => {
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (push(bytes.subarray(at, at + PIECE))) grown();
      if (performance.now() - since > TURN) {
        await pause();
        signal?.throwIfAborted();
        since = performance.now();
      }
    }
  };
  if (model instanceof Uint8Array) {
    await take(model);
    return model;
  }
  const source = await resolve(model, { signal });
  const answer = await request(source.url, { signal });
  const reader = answer.body.getReader();
  const pieces = [];
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      if (error?.name === "AbortError") throw error;
      throw new MatineeError("model-unreachable", `${source.url} broke off after ${received} bytes`, error?.message);
    });
    if (done) break;
    pieces.push(value);
    received += value.length;
    onprogress?.({ received, total: source.bytes ?? null });
    try {
      await take(value);
    } catch (error) {
      reader.cancel().catch(() => {});
      throw error;
    }
  }
  const whole = new Uint8Array(received);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  if (source.sha256) {
    // Each piece had a checksum of its own, so without the hash of the whole a damaged file is still found out.
    const found = await sha256(whole);
    if (found && found !== source.sha256.toLowerCase()) {
      throw new MatineeError("model-hash", `${source.url} is not the model that was published`, `SHA-256 ${found}`);
    }
  }
  return whole;
}
