// The visitor's own lists.
import { expect, test, type Page } from '@playwright/test';
import { rate } from '../support/app';

/** Ten films with stars, the last one rated last. */
const TEN: [string, number][] = [
  ['318', 5],
  ['296', 4.5],
  ['2571', 5],
  ['356', 2],
  ['50', 4],
  ['47', 4],
  ['593', 3.5],
  ['1', 3],
  ['480', 1],
  ['260', 4.5],
];

const titles = (page: Page) => page.getByTestId('rated').locator('.film-row__title').allTextContents();

test('ratings are put in order, found by a few letters, and the address keeps both', async ({ page }) => {
  for (const [id, stars] of TEN) await rate(page, id, stars);
  await page.goto('#/you');
  const rows = page.getByTestId('rated').getByTestId('film-row');
  await expect(rows).toHaveCount(TEN.length);
  await expect(rows.first()).toHaveAttribute('data-item', 'movielens:260');
  await expect(rows.first()).toContainText('Rated on');

  await page.getByLabel('Order').selectOption('Fewest stars first');
  await expect(rows.first()).toHaveAttribute('data-item', 'movielens:480');
  await page.getByLabel('Order').selectOption('By title');
  const inOrder = await titles(page);
  expect(inOrder.indexOf('Forrest Gump')).toBeLessThan(inOrder.indexOf('Toy Story'));
  await page.getByLabel('Order').selectOption('Most stars first');
  await expect(rows.first()).toHaveAttribute('data-item', 'movielens:2571');

  await page.getByLabel('Find among your ratings').fill('STAR');
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole('status').getByText('1 film')).toBeVisible();
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(page.getByLabel('Order')).toHaveValue('best');
  await page.getByLabel('Find among your ratings').fill('zzz');
  await expect(page.getByText('None of your ratings is of a film called “zzz”.')).toBeVisible();
  await page.getByLabel('Find among your ratings').fill('');
  await expect(rows).toHaveCount(TEN.length);

  // Changed where it stands, removed, and taken back.
  const first = rows.first();
  await first.getByTestId('stars').focus();
  await first.getByTestId('stars').press('1');
  await expect(page.getByTestId('toast')).toContainText('1 ★');
  await page.getByTestId('undo').click();
  await expect(rows.first()).toHaveAttribute('data-item', 'movielens:2571');
  await rows.first().getByTestId('aside').click();
  await expect(rows).toHaveCount(TEN.length - 1);
  await page.getByTestId('undo').click();
  await expect(rows).toHaveCount(TEN.length);
});

test('a long history is drawn in pieces', async ({ page }) => {
  await page.goto('#/');
  await expect(page.getByTestId('film-card').first()).toBeVisible();
  await page.evaluate(
    () =>
      new Promise<void>((done, fail) => {
        const opening = indexedDB.open('matinee');
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const writing = opening.result.transaction('ratings', 'readwrite');
          for (let i = 1; i <= 150; i += 1) {
            writing.objectStore('ratings').put({
              item: `elsewhere:${i}`,
              title: `Film ${i}`,
              year: 1990,
              stars: 3,
              seen: true,
              not_for_me: false,
              watchlist: false,
              updated_at: i,
            });
          }
          writing.oncomplete = () => {
            opening.result.close();
            done();
          };
          writing.onerror = () => fail(writing.error);
        };
      }),
  );
  await page.goto('#/you');
  await page.reload();
  const rows = page.getByTestId('rated').getByTestId('film-row');
  await expect(rows).toHaveCount(60);
  await expect(rows.first()).toContainText('Film 150');
  await page.getByRole('button', { name: 'Show 60 more' }).click();
  await expect(rows).toHaveCount(120);
  await page.getByRole('button', { name: 'Show 30 more' }).click();
  await expect(rows).toHaveCount(150);
  await expect(page.getByRole('button', { name: /^Show/ })).toHaveCount(0);
  await page.getByLabel('Find among your ratings').fill('film 77');
  await expect(rows).toHaveCount(1);
});
