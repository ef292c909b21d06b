// What the model makes of a visitor's taste.
import { expect, test } from '@playwright/test';
import { FIVE, rate, rateFive } from '../support/app';

test('with fewer than five ratings the page says what it takes', async ({ page }) => {
  for (const [id, stars] of FIVE.slice(0, 3)) await rate(page, id, stars);
  await page.goto('#/taste');
  await expect(page.getByRole('heading', { name: 'Too early to say' })).toBeVisible();
  await expect(page.getByTestId('empty')).toContainText('2 films to go');
  await page.getByRole('link', { name: 'Rate a few films' }).click();
  await expect(page.getByTestId('film-card').first()).toBeVisible();
});

test('the profile is in plain words, and the tables bear it out', async ({ page }) => {
  await rateFive(page);
  for (const [id, stars] of [['588', 1], ['364', 1], ['595', 0.5], ['608', 5], ['1213', 5], ['858', 5]] as const) {
    await rate(page, id, stars);
  }
  await page.goto('#/you');
  await page.getByRole('link', { name: /^Your taste/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your taste');
  const profile = page.getByTestId('profile');
  await expect(profile).toContainText(/You lean to|Perhaps you lean to/);
  // Somebody who gives cartoons one star and gangsters five.
  await expect(profile).toContainText(/(Perhaps a little less|You care less) than most for .*(Children|Animation|Musical)/);

  const genres = page.getByRole('figure', { name: 'Genres', exact: true });
  await genres.getByRole('button').click();
  const row = (name: string) => genres.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('Crime')).toContainText('+');
  await expect(row('Animation')).toContainText('−');

  const stars = page.getByRole('figure', { name: 'By stars' });
  await stars.getByRole('button').click();
  const counts = await stars.locator('tbody td:nth-child(2)').allTextContents();
  expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(11);
  await expect(page.getByRole('figure', { name: 'By decade' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'By genre' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'You like less' }).getByRole('link').first()).toBeVisible();
});
