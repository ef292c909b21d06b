// What is taken along comes back the same, as a file and as a link; what is wiped is gone.
import fs from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { FIVE, rateFive } from '../support/app';

/** Everything said, as the database has it. */
async function kept(page: Page): Promise<unknown[]> {
  return page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const open = indexedDB.open('matinee');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction('ratings').objectStore('ratings').getAll();
          all.onsuccess = () => {
            open.result.close();
            resolve(all.result);
          };
        };
      }),
  );
}

async function wipe(page: Page): Promise<void> {
  await page.goto('#/data');
  await page.getByRole('button', { name: 'Wipe everything…' }).click();
  await page.getByRole('button', { name: 'Yes, wipe everything' }).click();
  await expect(page.getByTestId('wiped')).toContainText('Everything is wiped');
  await expect.poll(() => kept(page)).toEqual([]);
}

for (const [button, kind] of [
  ['Everything, as JSON', 'json'],
  ['A table, as CSV', 'csv'],
] as const) {
  test(`a ${kind} file, taken along before everything is wiped, brings all of it back`, async ({ page }) => {
    await rateFive(page);
    await page.goto('#/film/1');
    await page.getByTestId('film').getByTestId('watchlist').first().click();
    await page.goto('#/film/2');
    await page.getByTestId('film').getByTestId('not-for-me').first().click();
    await expect.poll(async () => (await kept(page)).length).toBe(FIVE.length + 2);
    const before = await kept(page);
    await page.goto('#/data');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^matinee-\\d{4}-\\d\\d-\\d\\d\\.${kind}$`));
    const content = fs.readFileSync(await download.path());

    await wipe(page);
    await page.reload();
    await page.getByLabel('Choose files').setInputFiles([{ name: download.suggestedFilename(), mimeType: 'text/plain', buffer: content }]);
    await page.getByRole('button', { name: 'Bring them in' }).click();
    await expect(page.getByTestId('kept')).toHaveText('Saved on this device.');
    const seconds = (all: unknown[]) => all.map((one) => ({ ...(one as object), updated_at: Math.floor((one as { updated_at: number }).updated_at / 1000) }));
    if (kind === 'json') {
      expect(await kept(page)).toEqual(before);
    } else {
      expect(seconds(await kept(page))).toEqual(seconds(before));
    }
  });
}

test('after everything is wiped, it is a first visit', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/data');
  await page.getByRole('button', { name: 'Wipe everything…' }).click();
  await page.getByRole('button', { name: 'Keep everything' }).click();
  expect(await kept(page)).toHaveLength(FIVE.length);
  await wipe(page);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('matinee-')))).toEqual([]);
  await page.goto('');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Rate');
  await expect(page.getByTestId('film-card').first()).toBeVisible();
});

test('a link moves everything to another device, where it is asked for first', async ({ page, browser }) => {
  await rateFive(page);
  await page.goto('#/data');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  const link = await page.getByTestId('link').inputValue();
  expect(link.length).toBeLessThan(1200);

  const device = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const other = await device.newPage();
    await other.goto(link);
    await expect(other.getByTestId('sum')).toContainText('5 films would be new or changed');
    expect(await kept(other)).toEqual([]);
    // It is still there after a reload, until it is answered.
    await other.reload();
    await other.getByRole('button', { name: 'Bring them in' }).click();
    await expect(other.getByTestId('kept')).toHaveText('Saved on this device.');
    expect(new URL(other.url()).hash).toBe('#/data');
    expect(await kept(other)).toHaveLength(FIVE.length);
    await other.goto(link);
    await expect(other.getByTestId('sum')).toContainText('Everything in it is here already');
    await other.goto(`${link.slice(0, -9)}`);
    await expect(other.getByTestId('bad-link')).toContainText('did not arrive whole');
    await other.getByRole('button', { name: 'Put the link away' }).click();
    await expect(other.getByTestId('drop')).toBeVisible();
    expect(new URL(other.url()).hash).toBe('#/data');
  } finally {
    await device.close();
  }
});

test('the link is copied, and the page says so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await rateFive(page);
  await page.goto('#/data');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await expect(page.getByTestId('copied')).toHaveText('The link is copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.getByTestId('link').inputValue());
});
