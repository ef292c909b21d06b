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

test('the map shows all films: the visitor’s are walked by keyboard, read as a list, and lead to their pages', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/taste');
  const map = page.getByRole('application', { name: 'Map of all films, with yours on it' });
  await expect(map).toHaveAttribute('data-scale', '1');
  // Fifteen thousand points within the time that an answer may take, on a slow machine too.
  expect(Number(await map.getAttribute('data-ms'))).toBeLessThan(300);

  const list = page.getByRole('list', { name: 'Your films on it' });
  await expect(list.getByRole('listitem')).toHaveCount(FIVE.length);
  await expect(list.getByRole('listitem').first()).toContainText(/5 stars.*near .+ and .+/);

  const told = page.getByTestId('map-told');
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await expect(told.getByRole('link')).toBeVisible();
  const first = await told.getByRole('link').textContent();
  await expect(told).toContainText('You: ');
  await expect(list.locator('[aria-pressed="true"]')).toContainText(first!);
  // The arrows lead on to others.
  const reached = new Set([first]);
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.press(key);
    reached.add(await told.getByRole('link').textContent());
  }
  expect(reached.size).toBeGreaterThan(2);

  await page.keyboard.press('+');
  await expect.poll(async () => Number(await map.getAttribute('data-scale'))).toBeGreaterThan(1.5);
  await page.keyboard.press('0');
  await expect(map).toHaveAttribute('data-scale', '1');
  await page.keyboard.press('Escape');
  await expect(told).toContainText('Point at a film');

  await list.getByRole('button', { name: /^Pulp Fiction/ }).click();
  await expect(told.getByRole('link', { name: 'Pulp Fiction' })).toBeVisible();
  await map.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pulp Fiction');
});

test('the map is dragged, brought nearer, and tells the film under the pointer', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/taste');
  const map = page.getByTestId('map');
  await expect(map).toHaveAttribute('data-scale', '1');
  await map.scrollIntoViewIfNeeded();
  const told = page.getByTestId('map-told');
  const scale = async () => Number(await map.getAttribute('data-scale'));

  // There are films all over; somewhere in the middle one is under the pointer.
  const box = (await map.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(told.getByRole('link')).toBeVisible();

  // The wheel scrolls the page until the map has the focus.
  await page.mouse.wheel(0, -10);
  expect(await scale()).toBe(1);
  await map.focus();
  const again = (await map.boundingBox())!;
  await page.mouse.move(again.x + again.width / 2, again.y + again.height / 2);
  await page.mouse.wheel(0, -600);
  await expect.poll(scale).toBeGreaterThan(1.5);
  await page.getByRole('button', { name: 'Nearer' }).click();
  await expect.poll(scale).toBeGreaterThan(2.5);
  await page.getByRole('button', { name: 'Farther' }).click();
  await page.getByRole('button', { name: 'The whole map' }).click();
  await expect.poll(scale).toBe(1);
});
