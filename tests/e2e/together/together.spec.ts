// A film for several people, whose ratings come by link or file and are kept nowhere.
import { expect, test, type Page } from '@playwright/test';
import { rateFive } from '../support/app';

/** What somebody else rated, as the file that Matinee gives. */
function person(films: [number, number][]): { name: string; mimeType: string; buffer: Buffer } {
  const ratings = films.map(([id, rating], i) => ({ item: `movielens:${id}`, rating, seen: true, timestamp: 1700000000 + i }));
  return { name: 'matinee.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ format: 'matinee-ratings', version: 1, ratings })) };
}

const ANN: [number, number][] = [[1, 5], [364, 5], [588, 4.5], [595, 5], [296, 1], [2571, 2]];

async function add(page: Page, films: [number, number][]): Promise<void> {
  await page.getByLabel('Add by file').setInputFiles(person(films));
}

test('two people get a list that neither has seen, ordered by the unhappier of them', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/you');
  await page.getByRole('link', { name: 'Together' }).click();
  await expect(page.getByTestId('alone')).toBeVisible();
  await add(page, ANN);
  await expect(page.getByTestId('guest')).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Name of person 2' }).fill('Ann');
  const rows = page.getByTestId('night').getByTestId('film-row');
  expect(await rows.count()).toBeGreaterThanOrEqual(20);
  await expect(rows.first()).toContainText('Ann');
  const films = await rows.evaluateAll((all) =>
    all.map((row) => ({
      item: row.getAttribute('data-item')!,
      stars: [...row.querySelectorAll('[data-stars]')].map((one) => Number(one.getAttribute('data-stars'))),
    })),
  );
  for (const { stars } of films) expect(stars).toHaveLength(2);
  const least = films.map(({ stars }) => Math.min(...stars));
  for (let i = 1; i < least.length; i++) expect(least[i]).toBeLessThanOrEqual(least[i - 1] + 0.051);
  const seen = ['318', '296', '2571', '356', '50', ...ANN.map(([id]) => String(id))].map((id) => `movielens:${id}`);
  expect(films.filter(({ item }) => seen.includes(item))).toEqual([]);

  // Going to a film and back loses nobody; a new visit knows nobody.
  await rows.first().getByRole('link').last().click();
  await expect(page.getByTestId('film')).toBeVisible();
  await page.goBack();
  await expect(page.getByTestId('guest')).toHaveCount(1);
  await page.reload();
  await expect(page.getByTestId('alone')).toBeVisible();
  await expect(page.getByTestId('guest')).toHaveCount(0);
});

test('people come by link, once each, and go again', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/data');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const mine = await page.getByTestId('link').inputValue();
  await page.goto('#/together');
  const field = page.getByRole('textbox', { name: 'Add somebody by their link' });
  const added = page.getByTestId('added');
  await field.fill(mine);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(added).toContainText('These are your own ratings');
  await field.fill('https://example.com/');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(added).toContainText('This is not a link with ratings');
  await add(page, ANN);
  await expect(added).toContainText('Person 2 is added');
  await add(page, ANN);
  await expect(added).toContainText('somebody who is there already');
  await add(page, [[99999999, 5]]);
  await expect(added).toContainText('Nobody was added');
  await add(page, [[1, 5]]);
  await expect(page.getByTestId('guest')).toHaveCount(2);
  await expect(page.getByTestId('guest').last()).toContainText('a guess');
  await page.getByRole('button', { name: 'Remove Person 3' }).click();
  await expect(page.getByTestId('guest')).toHaveCount(1);
});

test('whoever opens somebody else’s link can find a film together with them, and nothing is kept', async ({ page, browser }) => {
  await rateFive(page);
  await page.goto('#/data');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByTestId('link').inputValue();
  const device = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const other = await device.newPage();
    await other.goto(link);
    await other.getByRole('button', { name: 'Find a film together' }).click();
    await expect(other.getByTestId('guest')).toHaveCount(1);
    await add(other, ANN);
    await expect(other.getByTestId('night').getByTestId('film-row').first()).toBeVisible();
    await other.goto('#/you');
    await expect(other.getByText('No ratings yet')).toBeVisible();
  } finally {
    await device.close();
  }
});
