import { expect, test } from '@playwright/test';
import { card, filmStars, rateFive } from '../support/app';

/** Se7en, which nobody has rated here. */
const FILM = '47';

test('a film page says what others give it, and after a few ratings what the visitor would', async ({ page }) => {
  await page.goto(`#/film/${FILM}`);
  await expect(page.getByTestId('others')).toContainText('ratings');
  const spread = (await page.getByTestId('spread').textContent())!.match(/\d\.\d/g)!.map(Number);
  expect(spread[0]).toBeLessThan(spread[1]);
  await expect(page.getByTestId('predicted')).toHaveCount(0);

  await rateFive(page);
  await page.goto(`#/film/${FILM}`);
  const predicted = page.getByTestId('predicted');
  await expect(predicted).toContainText('four times in five');
  const [stars, low, high] = (await predicted.textContent())!.match(/\d\.\d/g)!.map(Number);
  expect(low).toBeGreaterThanOrEqual(0.5);
  expect(low).toBeLessThan(stars);
  expect(stars).toBeLessThan(high);
  expect(high).toBeLessThanOrEqual(5);

  const stars5 = filmStars(page);
  await stars5.focus();
  await stars5.press('5');
  await expect(predicted).toHaveCount(0);
});

test('a film is put on the watchlist, and off it once it was seen', async ({ page }) => {
  await rateFive(page);
  await page.goto(`#/film/${FILM}`);
  const film = page.getByTestId('film');
  await film.getByTestId('watchlist').click();
  await expect(film.getByTestId('watchlist')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('toast')).toContainText('is on your watchlist');
  await expect(page.getByTestId('saved')).toHaveText('Saved on this device.');

  await page.reload();
  await page.goto('#/you');
  await expect(page.getByTestId('watchlist').locator(`[data-item="movielens:${FILM}"]`)).toBeVisible();

  await page.goto(`#/film/${FILM}`);
  await film.getByTestId('seen').click();
  await expect(film.getByTestId('watchlist')).toHaveAttribute('aria-pressed', 'false');
  await page.goto('#/you');
  await expect(page.getByTestId('watchlist')).toHaveCount(0);
  await expect(page.getByTestId('seen').locator(`[data-item="movielens:${FILM}"]`)).toBeVisible();
  // Nothing that was seen is recommended.
  await page.goto('#/');
  await expect(page.getByTestId('shelf').first()).toBeVisible();
  await expect(card(page, `movielens:${FILM}`)).toHaveCount(0);

  await page.goto('#/you');
  await page.getByTestId('seen').getByTestId('aside').click();
  await expect(page.getByTestId('seen')).toHaveCount(0);
  await page.getByTestId('undo').click();
  await expect(page.getByTestId('seen')).toBeVisible();
});

test('a film page leads on: alike by taste, alike by kind, no film twice, and pages elsewhere', async ({ page }) => {
  await page.goto(`#/film/${FILM}`);
  await expect(page.locator('[data-shelf="similar"]')).toBeVisible();
  await expect(page.locator('[data-shelf="alike"]')).toBeVisible();
  const items = await page
    .getByTestId('film-card')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-item')));
  expect(items.length).toBeGreaterThan(20);
  expect(new Set(items).size).toBe(items.length);
  expect(items).not.toContain(`movielens:${FILM}`);

  await expect(page.getByRole('link', { name: /on IMDb$/ })).toHaveAttribute('href', 'https://www.imdb.com/title/tt0114369/');
  await expect(page.getByRole('link', { name: /on TMDB$/ })).toHaveAttribute('href', /themoviedb\.org\/movie\/807$/);
});
