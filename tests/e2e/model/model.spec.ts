// What a visitor sees when the model does not arrive as it should.
import fs from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { modelFile, rateFive } from '../support/app';

/** From now on every model the page fetches comes with one bit flipped, near `part` (0 to 1) of the file. */
async function damage(page: Page, part: number): Promise<void> {
  await page.route('**/*.matinee', async (route) => {
    const body = fs.readFileSync(modelFile());
    body[Math.floor(body.length * part)] ^= 1;
    await route.fulfill({ body, contentType: 'application/octet-stream' });
  });
}

for (const [where, part] of [
  ['at its beginning', 0.01],
  ['at its end', 0.99],
] as const) {
  test(`a model damaged ${where} is refused, and the last good one goes on working`, async ({ page, context }) => {
    await rateFive(page);
    await page.goto('#/picks');
    const picks = page.getByTestId('picks').getByTestId('film-row');
    await expect(picks).toHaveCount(100);
    const before = await picks.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item')));

    await damage(page, part);
    // A later visit: nothing of the good download is left in the browser's own cache.
    const session = await context.newCDPSession(page);
    await session.send('Network.clearBrowserCache');
    await page.reload();
    const notice = page.locator('[data-notice="model"]');
    await expect(notice).toContainText('Using the catalogue from your last visit');
    await expect(picks).toHaveCount(100);
    expect(await picks.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item')))).toEqual(before);

    await page.unroute('**/*.matinee');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(notice).toHaveCount(0);
    await expect(picks).toHaveCount(100);
  });
}

test('a first visit with a damaged model says so plainly, and recovers', async ({ page }) => {
  await damage(page, 0.01);
  await page.goto('');
  const notice = page.locator('[data-notice="model"]');
  await expect(notice).toContainText('No catalogue to work from');
  await expect(notice).toContainText('Your ratings are safe');
  await page.unroute('**/*.matinee');
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('film-card').first()).toBeVisible();
});

test('films can be rated before the whole model has arrived', async ({ page }) => {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  // A server that sends the first sixth, and the rest only when told.
  const { createServer } = await import('node:http');
  const body = fs.readFileSync(modelFile());
  const cut = Math.floor(body.length / 6);
  const server = createServer(async (_, response) => {
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      'access-control-allow-origin': '*',
    });
    response.write(body.subarray(0, cut));
    await held;
    response.end(body.subarray(cut));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  try {
    // Playwright can only fulfil a request whole, so the page is pointed to that server instead.
    await page.route('**/', async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(/models\/\w+\.matinee/g, `http://127.0.0.1:${port}/model.matinee`);
      await route.fulfill({ response, body: html });
    });
    await page.goto('');
    const card = page.getByTestId('film-card').first();
    await expect(card).toBeVisible();
    await expect(page.getByTestId('loading')).toBeVisible();
    await card.getByTestId('stars').focus();
    await card.getByTestId('stars').press('4');
    await expect(page.getByTestId('bulbs')).toHaveAttribute('data-lit', '1');
    release();
    await expect(page.getByTestId('loading')).toHaveCount(0);
  } finally {
    release();
    server.closeAllConnections();
    server.close();
  }
});
