// The npm package in Node, in a project that has nothing else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { compilers, emptyProject, modelFile, pointer, root, run } from './project.mjs';

const MATRIX = 'imdb:tt0133093';
const HEAT = 'movielens:6';

const bytes = readFileSync(modelFile);
let project;
let matinee;

before(async () => {
  project = emptyProject();
  matinee = await project.module('export * from "matinee-recommender";');
});
after(() => project?.remove());

/** A recommender of somebody new. */
async function opened(options) {
  const recommender = await matinee.load({ model: bytes, ...options });
  await recommender.complete;
  return recommender;
}

const titles = (films) => films.map(({ title }) => title);

/** That `attempt` fails with a MatineeError that programs and people can tell from others. */
async function refuses(code, attempt, words = /./) {
  await assert.rejects(async () => attempt(), (error) => {
    assert.ok(error instanceof matinee.MatineeError, `${error?.stack}`);
    assert.equal(error.code, code);
    assert.match(error.message, words);
    return true;
  });
}

test('it is small, has what it names, and shows nothing else', async () => {
  const { files, exports, sideEffects } = JSON.parse(readFileSync(path.join(project.installed, 'package.json')));
  assert.ok(files.length && sideEffects.length);
  const inside = readdirSync(project.installed);
  for (const name of ['README.md', 'LICENSE', 'custom-elements.json']) assert.ok(inside.includes(name), name);
  const named = JSON.stringify(exports).match(/\.\/[^"]+\.(js|d\.ts|json)(?="[,}])/g);
  for (const name of named) assert.ok(inside.includes(path.basename(name)), name);
  console.log(`${path.basename(project.archive)}: ${(project.bytes / 1024).toFixed(0)} KB packed`);

  assert.deepEqual(Object.keys(matinee).sort(), ['Matinee', 'MatineeError', 'MemoryStore', 'load']);
  for (const hidden of ['core.js', 'recommender.js', 'elements/matinee.js', 'package.json']) {
    const hiding = project.module(`export * from "matinee-recommender/${hidden}";`);
    await assert.rejects(hiding, { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  }
});

test('the elements can be imported where there is no document', async () => {
  const elements = await project.module('export * from "matinee-recommender/elements";');
  assert.deepEqual(Object.keys(elements), ['loadElements']);
});

test('a model comes from bytes, from a path, from a file address, by a pointer or by itself', async () => {
  for (const model of [bytes, new Uint8Array(bytes), modelFile, pointer, pathToFileURL(pointer), pathToFileURL(modelFile).href]) {
    const recommender = await opened({ model });
    assert.equal(recommender.info.films, recommender.info.filmsArrived);
    assert.ok(recommender.genres.includes('Comedy'));
    assert.deepEqual(recommender.storage, { kind: 'memory', persistent: false });
    recommender.close();
  }
});

test('recommendations follow ratings, keep to the filter and say why', async () => {
  const recommender = await opened();
  const popular = recommender.recommend();
  assert.equal(popular.length, 12);
  assert.ok(popular.every(({ reason, stars }) => reason === null && stars === null));
  assert.equal(recommender.predict(MATRIX), null);

  const rating = await recommender.rate(MATRIX, 5);
  assert.deepEqual([rating.title, rating.year, rating.stars, rating.seen], ['The Matrix', 1999, 5, true]);
  await recommender.rate(HEAT, 4.5);
  assert.deepEqual(titles(recommender.ratings()).sort(), ['Heat', 'The Matrix']);

  const films = recommender.recommend({ count: 10, genres: ['Comedy'], from: 1990, to: 1999, exclude: [popular[0]] });
  assert.equal(films.length, 10);
  for (const film of films) {
    assert.ok(film.genres.includes('Comedy') && film.year >= 1990 && film.year <= 1999, film.facts);
    assert.ok(film.stars.low <= film.stars.stars && film.stars.stars <= film.stars.high);
    assert.notEqual(film.key, popular[0].key);
  }
  const { reason } = films.find((film) => film.reason.parts.some(({ title }) => title));
  assert.equal(reason.text, reason.parts.map(({ text }) => text).join(''));
  assert.ok(!titles(recommender.recommend({ count: 100 })).includes('Heat'), 'what was rated is not recommended');
  recommender.close();
});

test('similar, predict, explain, elicit, knowledge, search and film answer', async () => {
  const recommender = await opened({ language: ['xx', 'de-CH'] });
  assert.deepEqual([recommender.language, recommender.direction], ['de', 'ltr']);
  await recommender.rate(MATRIX, 5);
  await recommender.rate('tmdb:949', 2);
  assert.ok(titles(recommender.similar(MATRIX, { count: 5, by: 'content' })).every((title) => title !== 'The Matrix'));
  assert.equal(recommender.similar(MATRIX, { count: 5 }).length, 5);
  const { stars, low, high } = recommender.predict('movielens:296');
  assert.ok(0.5 <= low && low <= stars && stars <= high && high <= 5);
  const causes = titles(recommender.explain('movielens:296'));
  assert.ok(causes.includes('The Matrix') && causes.includes('Heat'));
  const [first, second] = recommender.elicit({ count: 2 });
  assert.ok(first.key !== second.key && ![first.title, second.title].includes('Heat'));
  const known = recommender.knowledge();
  await recommender.rate(first, 4);
  assert.ok(recommender.knowledge() > known && recommender.knowledge() < 1);
  assert.equal(recommender.search('the matrxi', 3)[0].title, 'The Matrix');
  assert.deepEqual(recommender.film('2571').imdb, 'tt0133093');
  assert.equal(recommender.film('imdb:tt9999999'), null);
  recommender.close();
});

test('marks and sittings count, and everything can be taken back', async () => {
  const recommender = await opened();
  const told = [];
  const stop = recommender.subscribe(({ kind }) => told.push(kind));
  const marked = await recommender.mark(HEAT, { watchlist: true });
  assert.deepEqual([marked.watchlist, marked.seen, marked.stars], [true, false, null]);
  await recommender.watched({ item: MATRIX, seconds: 600, runtime: 8160 });
  const { watched } = await recommender.watched({ item: MATRIX, seconds: 100_000, runtime: 8160 });
  assert.deepEqual(watched, { seconds: 8160, runtime: 8160 });
  assert.deepEqual(told, ['ratings', 'ratings', 'ratings']);
  stop();
  await recommender.clear();
  assert.deepEqual([recommender.ratings(), told.length], [[], 3]);
  recommender.close();
});

test('a Letterboxd file is brought in, and told of row by row', async () => {
  const recommender = await opened();
  const data =
    'Date,Name,Year,Letterboxd URI,Rating\n' +
    '2024-03-07,Heat,1995,https://boxd.it/a,4.5\n' +
    '2024-03-08,The Matrix,1999,https://boxd.it/b,5\n' +
    '2024-03-09,No Such Film,1999,https://boxd.it/c,3\n' +
    '2024-03-09,Fargo,1996,https://boxd.it/d,nine\n';
  const files = [{ name: 'ratings.csv', data }, { name: 'notes.txt', data: new TextEncoder().encode('hello') }];
  const looked = await recommender.import(files, { write: false });
  assert.deepEqual(recommender.ratings(), []);
  const report = await recommender.import(files);
  assert.deepEqual(report, looked);
  assert.deepEqual([report.services, report.files], [['Letterboxd'], ['ratings.csv']]);
  assert.deepEqual(report.planned.map(({ verdict, before, after }) => [verdict, before, after.title]), [
    ['new', null, 'Heat'],
    ['new', null, 'The Matrix'],
  ]);
  assert.deepEqual(report.missed, [
    { file: 'ratings.csv', line: 4, name: 'No Such Film (1999)', stars: 3, watchlist: false, maybe: [] },
  ]);
  assert.deepEqual(report.problems.map(({ line }) => line), [5]);
  assert.equal(report.refused[0].file, 'notes.txt');
  assert.equal(recommender.rating(HEAT).stars, 4.5);
  assert.equal((await recommender.import(new File([data], 'ratings.csv'))).planned[0].verdict, 'unchanged');

  await recommender.restore(report.planned.map(({ before, after }) => [after.item, before]));
  assert.deepEqual(recommender.ratings(), []);
  recommender.close();
});

test('what one takes along, another brings in', async () => {
  const [here, there] = [await opened(), await opened()];
  await here.rate(MATRIX, 4.5);
  await here.mark(HEAT, { notForMe: true });
  await here.mark('movielens:296', { watchlist: true });
  const whole = here.ratings();
  for (const [format, source] of [
    ['json', (data) => ({ name: 'matinee.json', data })],
    ['csv', (data) => [{ name: 'matinee.csv', data }]],
    ['link', (code) => `https://example.org/data?move=${code}`],
  ]) {
    await there.clear();
    const report = await there.import(source(await here.export(format)));
    assert.deepEqual(report.planned.map(({ verdict }) => verdict), ['new', 'new', 'new'], format);
    // Tables and links keep whole seconds.
    const exact = ({ updatedAt, ...rating }) => ({ ...rating, at: format === 'json' ? updatedAt : Math.floor(updatedAt / 1000) });
    const sorted = (ratings) => ratings.map(exact).sort((a, b) => a.item.localeCompare(b.item));
    assert.deepEqual(sorted(there.ratings()), sorted(whole), format);
  }
  here.close();
  there.close();
});

test('a store of one’s own keeps ratings from one time to the next', async () => {
  const store = new matinee.MemoryStore();
  const first = await opened({ storage: store });
  await first.rate(MATRIX, 3.5);
  const kept = await store.all();
  assert.equal(kept.length, 1);
  assert.deepEqual(JSON.parse(JSON.stringify(kept)), kept, 'records can be written as JSON');
  first.close();
  const second = await opened({ storage: store });
  assert.equal(second.rating(MATRIX).stars, 3.5);
  second.close();

  const full = Object.assign(new matinee.MemoryStore(), {
    write: () => Promise.reject(new DOMException('no room', 'QuotaExceededError')),
  });
  const third = await opened({ storage: full });
  await refuses('storage-full', () => third.rate(MATRIX, 4));
  assert.deepEqual(third.ratings(), [], 'what is not kept is not said');
  third.close();
});

test('errors say what is wrong and what can be done', async () => {
  const { load } = matinee;
  const recommender = await opened();
  await refuses('bad-options', () => load(), /model/);
  await refuses('model-unreachable', () => load({ model: 'no/such/file.matinee' }));
  await refuses('model-damaged', () => load({ model: bytes.subarray(0, 1000) }));
  await refuses('model-damaged', () => load({ model: new TextEncoder().encode('hello, this is no model') }));
  writeFileSync(path.join(project.folder, 'bad.json'), '{"model": 7}');
  await refuses('bad-pointer', () => load({ model: path.join(project.folder, 'bad.json') }));
  const other = { model: pathToFileURL(modelFile).href, sha256: '0'.repeat(64) };
  writeFileSync(path.join(project.folder, 'other.json'), JSON.stringify(other));
  await refuses('model-hash', () => load({ model: path.join(project.folder, 'other.json') }));
  await refuses('bad-rating', () => recommender.rate(MATRIX, 3.3), /halves/);
  await refuses('bad-rating', () => recommender.rate(MATRIX, NaN));
  await refuses('bad-item', () => recommender.rate('imdb:tt9999999', 3), /tmdb:603/);
  await refuses('bad-item', () => recommender.similar(null));
  await refuses('bad-watching', () => recommender.watched({ item: MATRIX, seconds: 5, runtime: 2 }), /seconds/);
  await refuses('bad-options', () => recommender.recommend({ count: 0 }), /1 to 1000/);
  await refuses('bad-options', () => recommender.recommend({ genres: ['Cooking'] }), /Comedy/);
  await refuses('bad-options', () => recommender.recommend({ popularity: 2 }));
  await refuses('bad-options', () => recommender.export('xml'), /json/);
  await refuses('bad-link', () => recommender.import('hello'));
  await refuses('bad-file', () => recommender.import({ name: 'x.csv', data: 7 }));
  await refuses('bad-file', () => recommender.import([7]));
  const empty = await recommender.import({ name: 'empty.csv', data: '' });
  assert.match(empty.refused[0].what, /empty/);
  assert.deepEqual(recommender.ratings(), []);
  recommender.close();
});

test('the command-line tool recommends the same ten films', async () => {
  const ratings = { 2571: 5, 6: 4.5, 296: 2, 1: 3.5, 593: 4 };
  const recommender = await opened();
  for (const [item, stars] of Object.entries(ratings)) await recommender.rate(item, stars);
  const ours = recommender.recommend({ count: 10 }).map(({ id }) => id);
  recommender.close();

  const file = path.join(project.folder, 'mine.csv');
  const rows = Object.entries(ratings).map(([item, stars]) => `me,${item},${stars}`);
  writeFileSync(file, ['user,item,rating', ...rows, ''].join('\n'));
  const tool = process.env.MATINEE ?? path.join(root, 'target/debug/matinee');
  const printed = execFileSync(tool, ['recommend', '--model', modelFile, '--ratings', file, '--top', '10', '--json'], { encoding: 'utf8' });
  const theirs = printed.trim().split('\n').map((line) => JSON.parse(line).item);
  assert.deepEqual(ours, theirs);
});

test('types compile for those who check strictly', () => {
  const folder = path.join(project.folder, 'typed');
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, 'use.ts'),
    `import { load, MatineeError, type ErrorCode, type Store } from "matinee-recommender";
     import { loadElements, type RateDetail } from "matinee-recommender/elements";
     const store: Store = { all: async () => [], write: async (put, remove) => void [put[0]?.item, remove[0]], clear: async () => {} };
     const matinee = await load({ model: new Uint8Array(), storage: store });
     const [film] = matinee.recommend({ count: 1, genres: ["Comedy"] });
     const text: string | undefined = film?.reason?.text;
     // @ts-expect-error
     matinee.recommend({ genre: "Comedy" });
     // @ts-expect-error
     matinee.rate("imdb:tt0133093", "5");
     const report = await matinee.import([{ name: text ?? "", data: "" }]);
     const before: number | null | undefined = report.planned[0]?.before?.stars;
     await loadElements("/matinee/");
     document.createElement("matinee-rate").addEventListener("rate", ({ detail }) => { const told: RateDetail = detail; void told; });
     // @ts-expect-error
     document.createElement("matinee-rate").layout = "gird";
     const codeOf = (thrown: unknown): ErrorCode | undefined => (thrown instanceof MatineeError ? thrown.code : undefined);
     export { before, codeOf };\n`,
  );
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  run(folder, path.join(compilers(), 'tsc'));
});
