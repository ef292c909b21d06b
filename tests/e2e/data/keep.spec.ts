// Where the browser may clear what is stored, the visitor is told, and reminded to take it along.
import { expect, test, type Page } from '@playwright/test';
import { rateFive } from '../support/app';

/** A browser that says this when asked to keep what is stored. Counts how often it is asked. */
async function browserThat(page: Page, keeps: boolean): Promise<void> {
  await page.addInitScript((keeps) => {
    const asked = () => Number(sessionStorage.getItem('asked') ?? 0);
    navigator.storage.persisted = async () => keeps && asked() > 0;
    navigator.storage.persist = async () => {
      sessionStorage.setItem('asked', String(asked() + 1));
      return keeps;
    };
  }, keeps);
}

const asked = (page: Page) => page.evaluate(() => Number(sessionStorage.getItem('asked') ?? 0));

async function bringTwenty(page: Page): Promise<void> {
  const ratings = Array.from({ length: 25 }, (_, i) => ({ item: `movielens:${i + 1}`, rating: 4, seen: true, timestamp: 1700000000 + i }));
  await page.goto('#/data');
  const buffer = Buffer.from(JSON.stringify({ format: 'matinee-ratings', version: 1, ratings }));
  await page.getByLabel('Choose files').setInputFiles({ name: 'matinee.json', mimeType: 'application/json', buffer });
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await expect(page.getByTestId('kept')).toHaveText('Saved on this device.');
}

test('the browser is asked once, with the fifth rating, and a promise is shown', async ({ page }) => {
  await browserThat(page, true);
  await page.goto('#/film/318');
  expect(await asked(page)).toBe(0);
  await rateFive(page);
  await expect.poll(() => asked(page)).toBe(1);
  await page.reload();
  await page.goto('#/data');
  await expect(page.getByTestId('safety')).toContainText('keeps your ratings until you remove them');
  expect(await asked(page)).toBe(1);
});

test('without a promise the visitor is reminded, until the file is taken or the reminder put away', async ({ page }) => {
  await browserThat(page, false);
  await bringTwenty(page);
  await expect.poll(() => asked(page)).toBe(1);
  await page.goto('');
  const reminder = page.locator('[data-notice="export"]');
  await expect(reminder).toContainText('Take your ratings along');
  await reminder.getByRole('button', { name: 'Not now' }).click();
  await expect(reminder).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId('film-card').first()).toBeVisible();
  await expect(reminder).toHaveCount(0);

  await page.evaluate(() => localStorage.removeItem('matinee-reminded'));
  await page.goto('#/you');
  await page.reload();
  await reminder.getByRole('link', { name: 'Your data' }).click();
  await expect(page.getByTestId('safety')).toContainText('may clear your ratings');
  await page.getByRole('button', { name: 'Ask it to keep them' }).click();
  await expect(page.getByTestId('safety')).toContainText('did not promise');
  await page.getByRole('button', { name: 'Everything, as JSON' }).click();
  await page.goto('#/you');
  await page.reload();
  await expect(page.getByTestId('rated')).toBeVisible();
  await expect(reminder).toHaveCount(0);
});
