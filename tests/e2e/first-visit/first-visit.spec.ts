import { expect, test } from '@playwright/test';

test('five ratings given on the first page lead to recommendations with reasons', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto('');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rate five films you know');
  const cards = page.getByTestId('first-films').getByTestId('film-card');
  await expect(cards.nth(11)).toBeVisible();

  const rated: string[] = [];
  for (let i = 0; i < 5; i += 1) {
    rated.push((await cards.nth(i).getAttribute('data-item')) ?? '');
    await expect(page.getByTestId('bulbs')).toHaveAttribute('data-lit', String(i));
    const stars = cards.nth(i).getByTestId('stars');
    const box = await stars.boundingBox();
    // The right end of the stars: four and a half or five.
    await stars.click({ position: { x: box!.width * 0.86, y: box!.height / 2 } });
  }

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tonight’s programme');
  const top = page.locator('[data-shelf="top"]');
  await expect(top.getByTestId('film-card').nth(5)).toBeAttached();
  await expect(top).toContainText(/because you (loved|liked)/i);

  const shown = await page
    .getByTestId('film-card')
    .evaluateAll((films) => films.map((film) => film.getAttribute('data-item')));
  expect(shown.length).toBeGreaterThan(20);
  expect(new Set(shown).size, 'no film stands twice on the page').toBe(shown.length);
  expect(shown.filter((item) => rated.includes(item ?? ''))).toEqual([]);
  expect(errors).toEqual([]);
});

test('the page does not scroll sideways', async ({ page }) => {
  await page.goto('');
  await expect(page.getByTestId('film-card').first()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
