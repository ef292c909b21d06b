const SVG = "http://www.w3.org/2000/svg";

/** Attributes are set, functions are listeners; what is null or false is left out. A part is its own class unless told. */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  if (attributes?.part && !attributes.class) element.setAttribute("class", attributes.part);
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Puts values into the holes of a text: "Films like {title}". */
export function say(text, values) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

/** The same as nodes, with the title as an element of its own. */
export function sayTitle(text, { title, ...values }) {
  return text.split(/(\{title\})/).map((piece) => (piece === "{title}" ? h("cite", null, title) : say(piece, values)));
}

/** A button that says its name. */
export function button(name, onclick, attributes) {
  return h("button", { type: "button", part: "button", onclick, ...attributes }, name);
}

/** A button that shows a picture, and says its name to whoever points at it or hears it. */
export function iconButton(shape, name, onclick, attributes) {
  return h("button", { type: "button", "aria-label": name, title: name, onclick, ...attributes }, icon(shape));
}

const SHAPES = {
  pass: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM6 6l12 12",
  back: "M15 5l-7 7 7 7",
  on: "M9 5l7 7-7 7",
  remove: "M6 6l12 12M18 6L6 18",
};

function icon(shape) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: SHAPES[shape] }));
}

/** Whether the visitor asked for no motion. */
export function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
