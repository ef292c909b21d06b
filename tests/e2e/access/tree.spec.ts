// What assistive technology is told: names, roles, values, and what is read out when it changes.
import { expect, test } from '@playwright/test';
import { settled } from '../support/pages';

test('the page has its landmarks, and the way about says where one is', async ({ page }) => {
  await page.goto('#/you');
  await settled(page);
  await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
    - banner:
      - link "Matinee"
      - navigation "Main":
        - link "Home"
        - link "Search"
        - link "You"
      - button /Colours/
  `);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.locator('a[aria-current="page"]')).toHaveText('You');
  await expect(page.locator('html')).toHaveAttribute('lang', /^[a-z]{2}/);
});

test('stars are a slider with a name and a value in words, and what happens is read out', async ({ page }) => {
  await page.goto('#/film/2571');
  await settled(page);
  const film = page.getByTestId('film');
  await expect(film.getByRole('heading', { level: 1 })).toHaveText('The Matrix');
  const stars = film.getByRole('slider', { name: 'Your rating of The Matrix' }).first();
  await expect(stars).toHaveAttribute('aria-valuetext', 'Not rated');
  await stars.press('4');
  await expect(stars).toHaveAttribute('aria-valuetext', /4 stars/);
  const read = page.getByRole('status').filter({ hasText: 'The Matrix' });
  await expect(read).toHaveAttribute('aria-live', 'polite');
  await expect(read).toContainText('Saved');
  await expect(page.getByRole('status').filter({ hasText: 'Saved on this device.' })).toBeVisible();
});

test('a film on a shelf has a name, a year and a way to set it aside', async ({ page }) => {
  await page.goto('');
  await settled(page);
  const card = page.getByTestId('film-card').first();
  await expect(card.getByRole('link')).toHaveAccessibleName(/\(\d{4}\)|\d{4}/);
  await expect(card.getByRole('slider')).toHaveAccessibleName(/^Your rating of /);
  await expect(card.getByRole('button')).toHaveAccessibleName(/: /);
  await expect(page.getByRole('list').filter({ has: card })).toHaveCount(1);
});

test('what a search finds is counted aloud', async ({ page }) => {
  await page.goto('#/search');
  const field = page.getByRole('searchbox', { name: /Search/ });
  await field.fill('matrix');
  await expect(page.getByRole('status').filter({ hasText: /films/ })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'The Matrix' }).first()).toBeVisible();
});

test('tables say what their rows and columns are', async ({ page }) => {
  await page.goto('#/about');
  await settled(page);
  const stored = page.getByRole('table', { name: 'On this device now' });
  await expect(stored.getByRole('columnheader')).toHaveText(['What', 'Where', 'How much']);
  await expect(stored.getByRole('rowheader', { name: 'Your ratings' })).toBeVisible();
});
