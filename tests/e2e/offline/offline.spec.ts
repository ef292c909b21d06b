// Without a network, and when a new release comes: the site is kept on the device, whole.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { FIVE, dist, rateFive, run } from '../support/app';
import { freePort, serve, stop } from '../support/server';

test.use({
  serviceWorkers: 'allow',
  // A server of its own, to be stopped.
  baseURL: async ({}, use) => use(`http://127.0.0.1:${await freePort()}/`),
});

test('after one visit the site works without a server, and a new release is told of and loses nothing', async ({ page, baseURL }, info) => {
  const site = info.outputPath('site');
  fs.cpSync(dist, site, { recursive: true });
  let server = await serve(site, baseURL!);
  try {
    await page.goto('./');
    await rateFive(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await stop(server);

    await page.goto('#/picks');
    await page.reload();
    await expect(page.getByTestId('picks').getByTestId('film-row')).toHaveCount(100);
    await page.goto('#/you');
    await expect(page.getByTestId('rated').getByTestId('film-row')).toHaveCount(FIVE.length);
    await expect(page.getByTestId('notice')).toHaveCount(0);

    const inSite = (name: string) => path.join(site, name);
    const data = info.outputPath('data');
    run('synth', '--out', data, '--users', '300', '--items', '400', '--seed', '3');
    const card = path.join(data, 'card.json');
    fs.writeFileSync(card, JSON.stringify({ name: 'A later model', catalogue: 'movielens', data_sets: [] }));
    const model = path.join(data, 'later.matinee');
    run('train', '--ratings', path.join(data, 'ratings.csv'), '--card', card, '--dims', '16', '--out', model);
    run('stamp', '--model', model, '--index', inSite('index.html'), '--models', inSite('models'), '--pointer', inSite('model.json'));
    server = await serve(site, baseURL!);

    // The visit is answered with what is kept; the new release is fetched meanwhile.
    await page.reload();
    const notice = page.locator('[data-notice="updated"]');
    await expect(notice).toBeVisible();
    await notice.getByRole('button').click();
    await page.goto('#/about');
    await expect(page.getByRole('main')).toContainText('A later model');
    await page.goto('#/you');
    await expect(page.getByTestId('rated').getByTestId('film-row')).toHaveCount(FIVE.length);
  } finally {
    await stop(server);
  }
});
