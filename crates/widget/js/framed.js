import { MatineeError } from "./error.js";
import { attributesOf, message, readByFrame, readByPage, variablesOf } from "./protocol.js";

/** A frame that has not answered by then is not coming. */
const PATIENCE_MS = 30_000;

/** What the page's element tells its frame of itself. */
function stateOf(host, tell) {
  const given = (name) => {
    const value = host.getAttribute(name);
    if (name === "lang") return value || host.closest("[lang]")?.lang || null;
    return name === "model" && URL.canParse(value ?? "", document.baseURI) && value ? new URL(value, document.baseURI).href : value;
  };
  const { attributes, refused } = attributesOf(given);
  for (const name of refused) tell(new MatineeError(`bad-${name}`, `${name} is ${given(name)}, which a frame does not take`));
  return { attributes, variables: variablesOf(getComputedStyle(host)) };
}

/** The same element in a frame of the publisher's, which shares what it knows with nobody but the visitor. */
export function attach({ host, kind, matinee, files, signal, emit, tell, fail }) {
  // Frames inherit its sandbox, and could not tell who speaks to them.
  if (self.origin === "null") throw new MatineeError("frame-unreachable", "a page without an origin can have no frames: use isolation=\"page\"");
  const frame = document.createElement("iframe");
  frame.title = "Matinee";
  frame.className = "frame";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-downloads");
  frame.referrerPolicy = "no-referrer";
  frame.src = new URL("frame.html", files).href;

  const post = (what, fields) => {
    const sent = message(what, fields);
    if (!readByFrame(sent)) throw new MatineeError("bad-options", `${what} was given what a frame does not take: ${JSON.stringify(fields)}`);
    frame.contentWindow?.postMessage(sent, files.origin);
  };
  const hello = () => {
    const letters = Math.min(Math.max(parseFloat(getComputedStyle(host).fontSize), 8), 64);
    post("hello", { element: kind, base: document.baseURI, letters, ...stateOf(host, tell) });
  };

  return new Promise((resolve, reject) => {
    let settled = false;
    const late = setTimeout(() => failed(new MatineeError("frame-unreachable", `${frame.src} does not answer`)), PATIENCE_MS);
    const view = {
      recommender: null,
      films: [],
      changed: () => post("change", stateOf(host, tell)),
      refresh: async () => post("refresh"),
      rate: async (item, stars) => post("rate", { item, stars }),
      watched: async ({ item, seconds, runtime } = {}) => post("watched", { item, seconds, runtime }),
      detach() {
        clearTimeout(late);
        removeEventListener("message", hear);
        frame.remove();
        matinee.classList.remove("framed");
      },
    };
    const failed = (error) => {
      if (settled) {
        fail(error);
        return;
      }
      view.detach();
      reject(error);
    };
    const hearing = {
      ready({ title }) {
        frame.title = title;
        settled = true;
        clearTimeout(late);
        // A frame out of sight has not been measured yet: it begins as high as the blank that it takes the place of.
        if (!frame.style.blockSize) frame.style.setProperty("block-size", `${matinee.offsetHeight}px`);
        matinee.classList.add("framed");
        // What changed while it loaded.
        post("change", stateOf(host, () => {}));
        resolve(view);
      },
      size({ height }) {
        frame.style.setProperty("block-size", `${height}px`);
      },
      select({ kind: _, ...film }) {
        const go = emit("select", film, { cancelable: true });
        if (go && film.href) location.assign(film.href);
      },
      error({ code, message: words, detail, lasting }) {
        const error = new MatineeError(code, words, detail ?? undefined);
        if (lasting) failed(error);
        else tell(error);
      },
    };
    function hear({ source, origin, data }) {
      if (source !== frame.contentWindow || origin !== files.origin) return;
      const heard = readByPage(data);
      if (heard) hearing[heard.kind](heard);
    }

    signal.addEventListener("abort", () => view.detach(), { once: true });
    addEventListener("message", hear);
    frame.addEventListener("load", () => {
      try {
        hello();
      } catch (error) {
        failed(error);
      }
    });
    host.shadowRoot.append(frame);
  });
}
