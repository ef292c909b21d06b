// Everything in one page: each contender is given the same catalogue and asked the same, in turns.
import * as edgevec from './contenders/edgevec.js';
import * as onnx from './contenders/onnx.js';
import * as plain from './contenders/plain.js';
import * as tfjs from './contenders/tfjs.js';
import * as voy from './contenders/voy.js';
import MiniSearch from 'minisearch';
import init, { Bench, Question, decode, install } from './matinee/bench.js';

const PEERS = { plain, tfjs, 'onnx-float': onnx.float, 'onnx-integer': onnx.integer, edgevec, voy };
/** A page's clock ticks in tenths of a millisecond: what is quicker is done several times in one measurement. */
const LEAST = 5;
/** Drama and comedy, say, from 1980 on: about a seventh of the catalogue. */
const FILTER = { genres: 0b110, from: 1980, to: 2024 };
const RATINGS = 50;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds that `run` takes. */
async function time(run) {
  for (let times = 1; ; times *= 2) {
    const began = performance.now();
    for (let n = 0; n < times; n++) {
      const result = run();
      if (result instanceof Promise) await result;
    }
    const took = performance.now() - began;
    if (took >= LEAST || times >= 4096) return took / times;
  }
}

/** Medians of each of `runs`, done in turns. */
async function inTurns(runs, rounds) {
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const took = await time(run);
      // The first round warms up.
      if (round > 0) times[name].push(took);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, each]) => [name, median(each)]));
}

function ask(items) {
  const rows = Uint32Array.from({ length: RATINGS }, (_, n) => (n * n * 97 + n * 31) % Math.min(items, 10_000));
  const feedback = Float32Array.from(rows, (row) => (row % 4 === 0 ? -0.3 : 1));
  return { rows: [...new Set(rows)], feedback, k: 100, diversity: 0.3, filter: FILTER };
}

const asked = ({ k, diversity, filter }) => new Question(k, diversity, filter.genres, filter.from, filter.to);

const load = ({ url, sha256, bytes }) => Bench.load(url, sha256, bytes);

/** Scoring alone: our kernels and the floor, which is reading the vectors once. */
async function scoring(file, rounds) {
  const { items, dims } = file;
  const bench = await load(file);
  const question = ask(items);
  bench.answer(Uint32Array.from(question.rows), question.feedback, asked(question));
  const times = await inTurns(
    { read: () => bench.read(), score: () => bench.score(), scalar: () => bench.score_scalar() },
    rounds,
  );
  bench.free();
  return { items, dims, ...times };
}

/** The whole answer: ratings in, a hundred rows out, without what is rated, filtered and varied. */
async function answers(file, rounds, names) {
  const { items, dims } = file;
  const bench = await load(file);
  const question = ask(items);
  const rows = Uint32Array.from(question.rows);
  const full = asked(question);
  const plain = asked({ ...question, diversity: 0 });
  const ours = () => bench.answer(rows, question.feedback, full);
  const expected = ours();

  let value = 1;
  const last = rows[rows.length - 1];
  const update = () => {
    value = value === 1 ? -0.3 : 1;
    return bench.update(last, value, full);
  };
  // One rating at a time gives what all of them at once give, to the last place.
  update();
  const updated = update();
  const same = bench.answer(rows, question.feedback.with(rows.length - 1, value), full);
  const exact = updated.every((row, place) => row === same[place]);

  const data = { items, dims, vectors: bench.vectors(), scales: bench.scales(), genres: bench.genres(), years: bench.years() };
  const result = { items, dims, update_exact: exact, contenders: [] };
  const simple = () => bench.update(last, 1, plain);
  const runs = { matinee: ours, update, simple, pass: () => bench.score() };
  const made = {};
  for (const name of names) {
    const contender = await PEERS[name].make(data).catch((error) => {
      // What some throw is no Error, and would not say its name outside the page.
      throw new Error(`${name}: ${error.message ?? error}`, { cause: error });
    });
    made[name] = contender;
    const list = await contender.answer(question);
    const wanted = new Set(expected);
    result.contenders.push({
      name: PEERS[name].name,
      key: name,
      in_common: list.reduce((sum, row) => sum + wanted.has(row), 0),
    });
    runs[name] = () => contender.answer(question);
  }
  const times = await inTurns(runs, rounds);
  for (const contender of Object.values(made)) contender.free?.();
  for (const contender of result.contenders) {
    contender.ms = times[contender.key];
    contender.times = times[contender.key] / times.matinee;
  }
  return { ...result, ms: times.matinee, update_ms: times.update, simple_update_ms: times.simple, pass_ms: times.pass };
}

/** What the main thread does meanwhile: the longest gap between two frames and the longest task, in milliseconds. */
function watchFrames() {
  const seen = { frame: 0, task: 0 };
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.task = Math.max(seen.task, duration);
  });
  observer.observe({ type: 'longtask' });
  let last = performance.now();
  let handle = requestAnimationFrame(function look(now) {
    seen.frame = Math.max(seen.frame, now - last);
    last = now;
    handle = requestAnimationFrame(look);
  });
  return async () => {
    // The last of what was done has to show too.
    await new Promise((resolve) => setTimeout(resolve, 100));
    cancelAnimationFrame(handle);
    observer.disconnect();
    return seen;
  };
}

/** Loading, folding in and ranking a catalogue while the page has to stay alive. */
async function large(file) {
  const question = ask(file.items);
  const rows = Uint32Array.from(question.rows);
  const before = memory.buffer.byteLength;
  const end = watchFrames();
  let began = performance.now();
  const bench = await load(file);
  const load_ms = performance.now() - began;
  began = performance.now();
  const list = bench.answer(rows, question.feedback, asked(question));
  const answer_ms = performance.now() - began;
  const { frame, task } = await end();
  const held = memory.buffer.byteLength - before;
  bench.free();
  return { ...file, found: list.length, load_ms, answer_ms, frame, task, held, times: held / file.raw };
}

/** Taking a file apart as it arrives. */
async function decoding(file, rounds) {
  const bytes = new Uint8Array(await (await fetch(file.url)).arrayBuffer());
  const { decode: ms } = await inTurns({ decode: () => decode(bytes) }, rounds);
  return { ...file, ms, megabits: (bytes.length * 8) / 1000 / ms };
}

/** What is typed, key by key, on the way to some titles; every third with a typing error. */
function* keystrokes(titles) {
  for (let n = 0; n < 60; n++) {
    const title = titles[(n * n * 131 + n * 17) % titles.length];
    const typed = n % 3 ? title : title.slice(0, 2) + title.slice(3);
    for (let end = 1; end <= typed.length; end++) yield typed.slice(0, end);
  }
}

/** Finding titles while they are typed, beside an index made for that. */
async function searching(file) {
  const bench = await load(file);
  const titles = bench.titles();
  const documents = titles.map((title, id) => ({ id, title }));
  const options = { fields: ['title'], searchOptions: { prefix: true, fuzzy: 0.2, combineWith: 'AND' } };
  const indexing = {
    matinee: () => bench.index(),
    minisearch: () => new MiniSearch(options).addAll(documents),
  };
  const index = await inTurns(indexing, 5);
  const mini = new MiniSearch(options);
  mini.addAll(documents);
  const seek = { matinee: (typed) => bench.search(typed, 20), minisearch: (typed) => mini.search(typed).slice(0, 20) };
  const keys = [...keystrokes(titles)];
  const result = {};
  for (const [name, search] of Object.entries(seek)) {
    for (const typed of keys.slice(0, 100)) search(typed);
    const times = [];
    for (const typed of keys) {
      // The quickest of three: what else the machine did is not the search's.
      const tries = [];
      for (let n = 0; n < 3; n++) tries.push(await time(() => search(typed)));
      times.push(Math.min(...tries));
    }
    result[name] = { index_ms: index[name], median_ms: median(times), worst_ms: Math.max(...times) };
  }
  return { items: file.items, dims: file.dims, keys: keys.length, ...result };
}

let memory;
window.bench = {
  async start() {
    ({ memory } = await init({ module_or_path: './matinee/bench_bg.wasm' }));
    return install();
  },
  scoring,
  answers,
  large,
  decoding,
  searching,
};
window.ready = true;
