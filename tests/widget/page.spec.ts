// The default: the widget in the partner's page, ratings with the partner's origin.
import { expect, test, version } from './support/test';
import { cards, films, heading, kept, rateFive, rateFirst, ready, reasons, shown } from './support/widget';

test('films appear, five ratings make them personal with reasons, and a later visit finds it so', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await expect(heading(list)).toHaveText('Popular to start with');
  await expect(cards(list)).toHaveCount(8);
  await expect(reasons(list)).toHaveCount(0);
  await expect(list.locator('[part="foot"]')).toContainText(`with ${new URL(partner.origin).host}`);

  const rated = await rateFive(list);
  await expect(heading(list)).toHaveText('Recommended for you');
  await expect(cards(list)).toHaveCount(8);
  await expect(reasons(list).first()).toContainText('Because you');
  await expect(list.locator('[part="expected"]').first()).toContainText('≈');

  await page.reload();
  await expect(heading(list)).toHaveText('Recommended for you');
  await expect(reasons(list).first()).toContainText('Because you');
  const personal = await shown(list);
  expect(personal.filter((item) => rated.includes(item))).toEqual([]);
  await list.getByRole('button', { name: 'Your ratings' }).click();
  await expect(list.locator('.panel li')).toHaveCount(5);
});

test('ratings are kept at the partner’s origin, and not at the publisher’s', async ({ page, partner, publisher }) => {
  await page.goto(partner.page('films.html'));
  const item = await rateFirst(films(page), '5');
  expect(await page.evaluate(kept)).toEqual([item]);
  await page.goto(`${publisher}/widget/${version}/integrity.json`);
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
});

test('what was rated can be taken back, removed and forgotten', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  const item = await rateFirst(list, '4');
  await list.getByRole('button', { name: 'Undo' }).click();
  await expect(list.locator(`[data-item="${item}"]`)).toHaveCount(1);
  expect(await page.evaluate(kept)).toEqual([]);

  await rateFirst(list, '4');
  await rateFirst(list, '2');
  await list.getByRole('button', { name: 'Your ratings' }).click();
  await list.getByRole('button', { name: /^Remove/ }).first().click();
  await expect(list.locator('.panel li')).toHaveCount(1);
  await list.getByRole('button', { name: 'Forget' }).click();
  await expect(list.getByRole('alert')).toBeVisible();
  await list.locator('.panel').getByRole('button', { name: 'Forget' }).click();
  await expect(heading(list)).toHaveText('Popular to start with');
  expect(await page.evaluate(kept)).toEqual([]);
});

test('two tabs of the partner know the same ratings', async ({ page, context, partner }) => {
  await page.goto(partner.page('films.html'));
  const other = await context.newPage();
  await other.goto(partner.page('films.html'));
  await ready(films(other));
  await page.bringToFront();
  await rateFirst(films(page), '5');
  await expect(heading(films(other))).toHaveText('Recommended for you');
});
