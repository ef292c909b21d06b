// The publisher trains a new model. Visitors keep their ratings, those of films that it no longer has included.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { FIVE, dist, rateFive, run } from '../support/app';

test('ratings survive a new model, and the way back to the old one', async ({ page }, info) => {
  await rateFive(page);

  const data = info.outputPath('data');
  run('synth', '--out', data, '--users', '300', '--items', '400', '--seed', '3');
  const card = path.join(data, 'card.json');
  fs.writeFileSync(card, JSON.stringify({ name: 'A later model', catalogue: 'movielens', data_sets: [] }));
  const model = path.join(data, 'later.matinee');
  const table = (name: string) => path.join(data, `${name}.csv`);
  run('train', '--ratings', table('ratings'), '--items', table('movies'), '--card', card, '--dims', '16', '--out', model);

  const site = info.outputPath('site');
  fs.cpSync(dist, site, { recursive: true });
  const inSite = (name: string) => path.join(site, name);
  run('stamp', '--model', model, '--index', inSite('index.html'), '--models', inSite('models'), '--pointer', inSite('model.json'));

  // The same origin, now with the new site behind it.
  await page.route('**/*', (route) => {
    const name = new URL(route.request().url()).pathname;
    return route.fulfill({ path: inSite(name === '/' ? 'index.html' : name) });
  });
  await page.goto('#/about');
  await page.reload();
  await expect(page.getByRole('main')).toContainText('A later model');
  await page.goto('#/you');
  await expect(page.getByTestId('rated').getByTestId('film-row')).toHaveCount(FIVE.length);

  await page.unrouteAll({ behavior: 'wait' });
  await page.goto('#/picks');
  await page.reload();
  await expect(page.getByTestId('picks').getByTestId('film-row')).toHaveCount(100);
  await page.goto('#/you');
  const shawshank = page.getByTestId('rated').locator('[data-item="movielens:318"]');
  await expect(shawshank).toContainText('The Shawshank Redemption');
  await expect(shawshank.getByTestId('stars')).toHaveAttribute('aria-valuenow', '5');
});
