/* Ratings from elsewhere and to elsewhere, by the importers, a module of its own. */

import { MatineeError } from "./error.js";

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

async function using({ Importers }, recommender, use) {
  await recommender.complete;
  const importers = new Importers(recommender.bytes);
  try {
    return await use(importers);
  } catch (error) {
    throw MatineeError.of(error);
  } finally {
    importers.free();
  }
}

/** Reads files, or a link, and brings in what they say, all or none, unless told not to `write`. Gives the report. */
export async function bringIn(module, recommender, source, write) {
  const report = await using(module, recommender, async (importers) => {
    if (typeof source === "string") return importers.readLink(source, recommender.ratings(), Date.now());
    for (const file of typeof source?.[Symbol.iterator] === "function" ? source : [source]) {
      if (!importers.admits(String(file?.name), Number(file?.size ?? 0))) continue;
      importers.add(file.name, await opened(file), Number(file.lastModified ?? Date.now()));
    }
    return importers.finish(recommender.ratings(), Date.now());
  });
  const changes = report.planned.filter(({ verdict }) => verdict === "new" || verdict === "changed");
  if (write && changes.length) await recommender.restore(changes.map(({ after }) => [after.item, after]));
  return report;
}

/** All ratings as text, in the format "json", "csv" or "link". */
export function takeOut(module, recommender, format) {
  return using(module, recommender, (importers) => {
    const ratings = recommender.ratings();
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
