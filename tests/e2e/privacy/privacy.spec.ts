// Ratings never leave the device: whatever a visitor does, only the site's own files are asked for.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { dist, rateFive } from '../support/app';

function filesOf(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)));
}

test('a whole session requests nothing but the static files of the site', async ({ page, baseURL }) => {
  const allowed = new Set(['', ...filesOf(dist)].map((file) => new URL(file, baseURL).href));
  const requests: { url: string; method: string; body: string | null }[] = [];
  page.on('request', (request) =>
    requests.push({ url: request.url(), method: request.method(), body: request.postData() }),
  );
  page.on('websocket', (socket) => requests.push({ url: socket.url(), method: 'WEBSOCKET', body: null }));

  await page.goto('');
  await rateFive(page);
  await page.goto('#/');
  await expect(page.locator('[data-shelf="top"]').getByTestId('film-card').first()).toBeAttached();
  await page.goto('#/search?q=heat');
  await expect(page.getByTestId('results').getByTestId('film-row').first()).toBeVisible();
  for (const place of ['#/picks', '#/you', '#/about', '#/film/1']) {
    await page.goto(place);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  expect(requests.length).toBeGreaterThan(3);
  const strays = requests.filter(
    ({ url, method, body }) => !allowed.has(url.split('#')[0]) || method !== 'GET' || body !== null,
  );
  expect(strays).toEqual([]);
});

test('the about page names the data, its licence and how to cite it', async ({ page }) => {
  await page.goto('#/about');
  const card = page.getByRole('main');
  await expect(card).toContainText('MovieLens');
  await expect(card).toContainText('non-commercial');
  await expect(card).toContainText('Harper');
});
