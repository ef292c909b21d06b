/* Importing this changes nothing, so that it can be imported where there is no document: on a server that renders pages. */

/** Defines the four elements, whose files are in `folder`. */
export async function loadElements(folder = new URL("./elements/", import.meta.url)) {
  const base = new URL(folder, document.baseURI);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  await import(/* @vite-ignore */ /* webpackIgnore: true */ new URL("matinee.js", base).href);
}
