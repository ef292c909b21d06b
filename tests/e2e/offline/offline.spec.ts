// Without a network, and when a new release comes: the site is kept on the device, whole.
import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { FIVE, dist, rate, rateFive, run } from '../support/app';
import { PLACES, settled } from '../support/pages';
import { freePort, serve, stop } from '../support/server';

test.use({
  serviceWorkers: 'allow',
  // A server of its own, to be stopped.
  baseURL: async ({}, use) => use(`http://127.0.0.1:${await freePort()}/`),
});

/** The site in a folder of its own, to be published anew. */
function copied(folder: string): string {
  fs.cpSync(dist, folder, { recursive: true });
  return folder;
}

/** Puts another model into a site. */
function publishModel(site: string, data: string): void {
  const inSite = (name: string) => path.join(site, name);
  run('synth', '--out', data, '--users', '300', '--items', '400', '--seed', '3');
  const card = path.join(data, 'card.json');
  fs.writeFileSync(card, JSON.stringify({ name: 'A later model', catalogue: 'movielens', data_sets: [] }));
  const model = path.join(data, 'later.matinee');
  run('train', '--ratings', path.join(data, 'ratings.csv'), '--card', card, '--dims', '16', '--out', model);
  run('stamp', '--model', model, '--index', inSite('index.html'), '--models', inSite('models'), '--pointer', inSite('model.json'));
}

/** Puts the same app into a site under another name, as a release that changes its code does, and the name into the page. */
function publishApp(site: string): void {
  const folder = path.join(site, 'app');
  const [name] = fs.readdirSync(folder);
  fs.renameSync(path.join(folder, name), path.join(folder, 'fedcba9876543210'));
  const index = path.join(site, 'index.html');
  fs.writeFileSync(index, fs.readFileSync(index, 'utf8').replaceAll(name, 'fedcba9876543210'));
}

const kept = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);
const told = (page: Page) => page.locator('[data-notice="updated"]');

/** The page comes into view again, as a tab that was behind others does. */
const seenAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

test('after one visit every page works without a server', async ({ page, baseURL }) => {
  const server = await serve(dist, baseURL!);
  try {
    await page.goto('./');
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await kept(page);
  } finally {
    await stop(server);
  }
  await page.reload();
  await rate(page, '318', 5);
  for (const place of PLACES) {
    await page.goto(place.hash);
    await page.reload();
    await settled(page);
    await expect(page.getByTestId('notice'), place.name).toHaveCount(0);
  }
  await page.goto('#/about');
  const requests = page.getByTestId('requests');
  await expect(requests.locator('[data-came="Kept"]').first()).toBeAttached();
  await expect(requests.locator('[data-came="Elsewhere"]')).toHaveCount(0);
});

test('a new model is told of and loses nothing', async ({ page, baseURL }, info) => {
  const site = copied(info.outputPath('site'));
  let server = await serve(site, baseURL!);
  try {
    await page.goto('./');
    await rateFive(page);
    await kept(page);
    await stop(server);
    await page.goto('#/picks');
    await page.reload();
    await expect(page.getByTestId('picks').getByTestId('film-row')).toHaveCount(100);
    await expect(page.getByTestId('notice')).toHaveCount(0);

    publishModel(site, info.outputPath('data'));
    server = await serve(site, baseURL!);
    // The visit is answered with what is kept; the new release is fetched meanwhile.
    await page.reload();
    await expect(told(page)).toBeVisible();
    await told(page).getByRole('button').click();
    await page.goto('#/about');
    await expect(page.getByRole('main')).toContainText('A later model');
    await page.goto('#/you');
    await expect(page.getByTestId('rated').getByTestId('film-row')).toHaveCount(FIVE.length);
    await expect(told(page)).toHaveCount(0);
  } finally {
    await stop(server);
  }
});

test('a new app, while two pages are open, is told of in both; work goes on until they are reloaded', async ({ page, context, baseURL }, info) => {
  const site = copied(info.outputPath('site'));
  const server = await serve(site, baseURL!);
  try {
    await page.goto('./');
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await kept(page);
    const other = await context.newPage();
    await other.goto('./#/search');
    await expect(other.getByRole('searchbox')).toBeFocused();
    await expect(other.getByTestId('notice')).toHaveCount(0);

    publishApp(site);
    await seenAgain(page);
    await expect(told(page)).toContainText('new programme');
    await expect(told(other)).toBeVisible();
    // What was open goes on working with its own code, which the host no longer has.
    await rate(page, '318', 5);
    await told(page).getByRole('button').click();
    const names = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    await expect.poll(names).toContainEqual(expect.stringContaining('fedcba9876543210'));
    await page.goto('#/you');
    await expect(page.getByTestId('rated').getByTestId('film-row')).toHaveCount(1);
  } finally {
    await stop(server);
  }
});

test('half a release, and a page in place of a file, are never kept', async ({ page, baseURL }, info) => {
  const site = copied(info.outputPath('site'));
  const index = path.join(site, 'index.html');
  const whole = fs.readFileSync(index, 'utf8');
  let server = await serve(site, baseURL!);
  try {
    await page.goto('./');
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await kept(page);
    const icon = () => page.evaluate(async () => (await (await caches.match('icon.svg', { ignoreVary: true }))!.text()).slice(0, 4));
    expect(await icon()).toBe('<svg');
    await stop(server);

    // The app that the new page names is not there yet, and the host answers every question with a page.
    const folder = path.join(site, 'app');
    const [name] = fs.readdirSync(folder);
    fs.writeFileSync(index, whole.replaceAll(name, '0000000000000000'));
    const answers = createServer((request, response) => {
      const file = path.join(site, new URL(request.url!, 'http://site').pathname);
      const there = fs.existsSync(file) && fs.statSync(file).isFile() && !file.endsWith('.svg');
      const type = there && file.endsWith('.js') ? 'text/javascript' : 'text/html';
      response.writeHead(200, { 'content-type': type }).end(fs.readFileSync(there ? file : index));
    });
    await new Promise<void>((resolve) => answers.listen(Number(new URL(baseURL!).port), '127.0.0.1', resolve));
    const asked = new Promise((resolve) => answers.on('request', (request) => request.url !== '/' && resolve(request.url)));
    await page.reload();
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await asked;
    // One update at a time: a second look has ended only after the first.
    await seenAgain(page);
    await page.evaluate(() => navigator.locks.request(`matinee update ${new URL('./', location.href).href}`, () => undefined));
    await expect(told(page)).toHaveCount(0);
    expect(await icon()).toBe('<svg');
    answers.closeAllConnections();
    await new Promise((resolve) => answers.close(resolve));
    await page.reload();
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    server = await serve(site, baseURL!);
  } finally {
    await stop(server);
  }
});

test('the site can be installed: its manifest is whole, and every icon is what it says', async ({ page, baseURL }) => {
  const server = await serve(dist, baseURL!);
  try {
    await page.goto('./');
    const session = await page.context().newCDPSession(page);
    const { url, data, errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data!);
    expect(manifest).toMatchObject({ short_name: 'Matinee', start_url: './', scope: './', display: 'standalone' });
    for (const { src, sizes, type } of manifest.icons) {
      const answer = await page.request.get(new URL(src, url).href);
      expect(answer.headers()['content-type']).toBe(type);
      const size = await page.evaluate(async (at) => {
        const image = new Image();
        image.src = at;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, new URL(src, url).href);
      if (sizes !== 'any') expect(size).toBe(sizes);
    }
    expect(manifest.icons.map(({ purpose, sizes }: { purpose?: string; sizes: string }) => `${purpose ?? 'any'} ${sizes}`)).toEqual(
      expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']),
    );
    for (const { url: shortcut } of manifest.shortcuts) {
      await page.goto(new URL(shortcut, url).href);
      await settled(page);
      await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('No such page');
    }
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  } finally {
    await stop(server);
  }
});
