// Without a network, and when a new release comes: the site is kept on the device, whole.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { FIVE, dist, matinee, rateFive, run } from '../support/app';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

test.use({
  serviceWorkers: 'allow',
  // A server of its own, to be stopped.
  baseURL: async ({}, use) => use(`http://127.0.0.1:${await freePort()}/`),
});

async function serve(site: string, address: string): Promise<ChildProcess> {
  const server = spawn(matinee, ['serve', '--site', site, '--port', new URL(address).port], { stdio: 'ignore' });
  await expect(async () => {
    expect((await fetch(address)).ok).toBe(true);
  }).toPass();
  return server;
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill();
  });
}

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
