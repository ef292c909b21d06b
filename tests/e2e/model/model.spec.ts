// What a visitor sees when the model does not arrive as it should.
import fs from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { modelFile, rateFive } from '../support/app';
import { holdModel } from '../support/held';

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
  const held = await holdModel(1 / 6);
  try {
    await page.goto(held.url);
    const card = page.getByTestId('film-card').first();
    await expect(card).toBeVisible();
    await expect(page.getByTestId('loading')).toBeVisible();
    await card.getByTestId('stars').focus();
    await card.getByTestId('stars').press('4');
    await expect(page.getByTestId('bulbs')).toHaveAttribute('data-lit', '1');
    held.release();
    await expect(page.getByTestId('loading')).toHaveCount(0);
  } finally {
    held.release();
    held.close();
  }
});
