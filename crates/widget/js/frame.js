import "./matinee.js";
import { TALLEST, message, readByFrame, readByPage } from "./protocol.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync("body { margin: 0 }");
document.adoptedStyleSheets = [sheet];

/** Who speaks first for the page is the page, from then on. */
let page = null;
let element = null;
let base = null;

const clip = (text) => String(text ?? "").slice(0, 2000);

function post(kind, fields) {
  const sent = message(kind, fields);
  if (readByPage(sent)) parent.postMessage(sent, page);
}

/** A model from elsewhere has no business among what is kept here. */
function isOurs(model) {
  return new URL(model).origin === location.origin;
}

function take({ attributes, variables }) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "model" && value !== null && !isOurs(value)) {
      post("error", { code: "bad-model", message: `a frame takes its model from ${location.origin}`, detail: value, lasting: false });
    } else if (name === "href") {
      element.href = value === null ? null : absolute(value);
    } else if (value === null) {
      element.removeAttribute(name);
    } else if (element.getAttribute(name) !== value) {
      element.setAttribute(name, value);
    }
  }
  for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value);
}

/** The page's template as seen from here; its holes stay holes. */
function absolute(template) {
  const url = URL.canParse(template, base) ? new URL(template, base).href : "";
  return url.replace(/%7B(\w+)%7D/gi, "{$1}");
}

function show({ element: kind, letters, ...state }) {
  element = document.createElement(`matinee-${kind}`);
  element.loading = "eager";
  element.style.setProperty("font-size", `${letters}px`);
  element.style.setProperty("font-family", "system-ui, sans-serif");
  take(state);
  document.documentElement.lang = element.lang || "en";
  element.addEventListener("ready", () => {
    const heading = element.shadowRoot.querySelector("h2");
    document.title = heading.textContent;
    post("ready", { title: clip(heading.textContent) });
  });
  element.addEventListener("select", (event) => {
    event.preventDefault();
    post("select", event.detail);
  });
  element.addEventListener("error", ({ detail: { code, message: words, detail } }) => {
    const lasting = element.readyState === "error";
    post("error", { code, message: clip(words), detail: detail == null ? null : clip(detail), lasting });
  });
  new ResizeObserver(() => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    post("size", { height: Math.min(Math.max(height, 1), TALLEST) });
  }).observe(element);
  document.body.append(element);
}

const hearing = {
  change: take,
  rate: ({ item, stars }) => element.rate(item, stars),
  watched: ({ item, seconds, runtime }) => element.watched({ item, seconds, runtime }),
  refresh: () => element.refresh(),
};

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || parent === window || (page !== null && origin !== page)) return;
  const heard = readByFrame(data);
  if (!heard) return;
  if (heard.kind !== "hello") {
    if (element) hearing[heard.kind](heard);
  } else if (!element && origin !== "null") {
    page = origin;
    base = heard.base;
    show(heard);
  }
});
