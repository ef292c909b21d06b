// Train, publish to a real store, visit, rate, retrain, publish while the page is open, go back.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, type Page, type TestInfo } from '@playwright/test';
import { dist, FIVE, matinee, rateFive, run } from '../e2e/support/app';
import { credentials, edge, live, publisher, to } from './edge';

/** A model of invented data, of the films that the default one knows too. */
function train(info: TestInfo, name: string, seed: number): string {
  const data = info.outputPath(name);
  run('synth', '--out', data, '--users', '300', '--items', '400', '--seed', String(seed));
  const card = path.join(data, 'card.json');
  fs.writeFileSync(card, JSON.stringify({ name, catalogue: 'movielens', data_sets: [] }));
  const model = path.join(data, `${name}.matinee`);
  run('train', '--ratings', path.join(data, 'ratings.csv'), '--card', card, '--dims', '16', '--out', model);
  return model;
}

async function expectModel(page: Page, name: string): Promise<void> {
  await page.goto('#/about');
  await expect(page.getByRole('main')).toContainText(name);
}

async function expectRatings(page: Page): Promise<void> {
  await page.goto('#/you');
  await expect(page.getByTestId('rated').getByTestId('film-row')).toHaveCount(FIVE.length);
}

test('a model is trained, published, visited, trained anew, published while the page is open, and taken back', async ({ browser }, info) => {
  const folder = `journey-${process.pid}`;
  await publisher('publish', '--to', to(folder), '--site', dist);
  const site = await edge(folder);
  const context = await browser.newContext({ baseURL: site.url });
  try {
    await publisher('verify', '--url', site.url, '--site', dist);
    const page = await context.newPage();
    await page.goto('./');
    await rateFive(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

    const later = train(info, 'A later model', 3);
    await publisher('publish', '--to', to(folder), '--site', dist, '--model', later);
    expect(await live(folder)).toBe(2);
    await publisher('verify', '--url', site.url, '--site', dist, '--model', later);
    // The open page goes on; a visit is told of what is new.
    await expectRatings(page);
    await page.reload();
    const notice = page.locator('[data-notice="updated"]');
    await expect(notice).toBeVisible();
    await notice.getByRole('button').click();
    await expectModel(page, 'A later model');
    await expectRatings(page);

    await publisher('rollback', '--to', to(folder));
    expect(await live(folder)).toBe(1);
    await page.reload();
    await expect(notice).toBeVisible();
    await notice.getByRole('button').click();
    await expectModel(page, 'Matinee default model');
    await expectRatings(page);
    await page.goto('#/picks');
    await expect(page.getByTestId('picks').getByTestId('film-row')).toHaveCount(100);
  } finally {
    await context.close();
    site.close();
  }
});

test('every mixture of two releases works, and a publish that is killed leaves one of them', async ({ browser }, info) => {
  const folder = `mixture-${process.pid}`;
  const later = train(info, 'A later model', 4);
  await publisher('publish', '--to', to(folder), '--site', dist);
  await publisher('publish', '--to', to(folder), '--site', dist, '--model', later);
  const names = ['sw.js', 'index.html', 'model.json'];
  // Which release each small file is of: all eight mixtures, those that an interrupted publish leaves among them.
  for (let mixture = 0; mixture < 8; mixture += 1) {
    const of = (name: string) => (mixture >> names.indexOf(name)) & 1;
    const where = Object.fromEntries(names.map((name) => [name, `releases/00000${of(name) + 1}/${name}`]));
    const mixed = await edge(folder, where);
    const context = await browser.newContext({ baseURL: mixed.url });
    const problems: string[] = [];
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto('./');
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await expectModel(page, of('index.html') ? 'A later model' : 'Matinee default model');
    const pointer = await page.evaluate(async () => {
      const { model } = await (await fetch('model.json')).json();
      return (await fetch(model)).status;
    });
    expect(pointer, `mixture ${mixture}`).toBe(200);
    expect(problems, `mixture ${mixture}`).toEqual([]);
    await context.close();
    mixed.close();
  }

  // The same by force: killed while it goes, visitors have a site.
  const site = await edge(folder);
  const third = train(info, 'The third model', 5);
  const child = execFile(matinee, ['publish', '--site', dist, '--model', third, '--to', to(folder)], { env: credentials });
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    setTimeout(() => child.kill('SIGKILL'), 120);
  });
  const context = await browser.newContext({ baseURL: site.url });
  const page = await context.newPage();
  await page.goto('./');
  await expect(page.getByTestId('film-card').first()).toBeVisible();
  await page.goto('#/about');
  await expect(page.getByRole('main')).toContainText(/A later model|The third model/);
  await context.close();
  site.close();
});
