import { expect, test } from '@playwright/test';
import { FIVE, card, filmStars, rate, rateFive } from '../support/app';

test('ratings survive a reload', async ({ page }) => {
  await rateFive(page);
  await page.reload();
  await page.goto('#/you');
  const rows = page.getByTestId('rated').getByTestId('film-row');
  await expect(rows).toHaveCount(FIVE.length);
  const pulp = page.getByTestId('rated').locator('[data-item="movielens:296"]');
  await expect(pulp.getByTestId('stars')).toHaveAttribute('aria-valuetext', '4 and a half stars');
});

test('ratings are given by keyboard, changed, and taken back', async ({ page }) => {
  await page.goto('#/film/2571');
  const stars = filmStars(page);
  await stars.focus();
  await stars.press('3');
  await stars.press('ArrowRight');
  await expect(stars).toHaveAttribute('aria-valuenow', '3.5');
  await stars.press('End');
  await expect(stars).toHaveAttribute('aria-valuenow', '5');
  await expect(page.getByTestId('saved')).toHaveText('Saved on this device.');

  await page.getByTestId('remove').click();
  await expect(stars).toHaveAttribute('aria-valuetext', 'Not rated');
  await page.getByTestId('undo').click();
  await expect(stars).toHaveAttribute('aria-valuenow', '5');
  await expect(page.getByTestId('saved')).toHaveText('Saved on this device.');
  await page.reload();
  await expect(filmStars(page)).toHaveAttribute('aria-valuenow', '5');
});

test('"not for me" takes a film out of the rows, can be undone, and leaves it to be found', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/');
  const first = page.locator('[data-shelf="top"]').getByTestId('film-card').first();
  const item = (await first.getAttribute('data-item'))!;
  await first.getByTestId('not-for-me').click();
  await expect(card(page, item)).toHaveCount(0);
  await page.getByTestId('undo').click();
  await expect(card(page, item)).toHaveCount(1);

  await card(page, item).getByTestId('not-for-me').click();
  await expect(card(page, item)).toHaveCount(0);
  await page.goto('#/you');
  await expect(page.getByTestId('hidden').locator(`[data-item="${item}"]`)).toBeVisible();
  await page.goto(`#/film/${item.split(':')[1]}`);
  await expect(page.getByTestId('film').getByTestId('not-for-me').first()).toHaveAttribute('aria-pressed', 'true');
});

test('a rating given in one tab shows in another', async ({ page, context }) => {
  await rate(page, '318', 4);
  const other = await context.newPage();
  await other.goto('#/you');
  await expect(other.getByTestId('rated').getByTestId('film-row')).toHaveCount(1);
  await rate(page, '296', 5);
  await expect(other.getByTestId('rated').getByTestId('film-row')).toHaveCount(2);
});

test('the reasons on a film page add up', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/picks');
  const first = page.getByTestId('picks').getByTestId('film-row').first();
  const id = (await first.getAttribute('data-item'))!.split(':')[1];
  await page.goto(`#/film/${id}`);
  await expect(page.getByTestId('why')).toBeVisible();
  const amounts = await page
    .locator('[data-testid="why"] [data-amount]')
    .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-amount'))));
  expect(amounts.length).toBeGreaterThan(0);
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeGreaterThan(0);
});
