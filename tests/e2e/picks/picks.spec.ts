import { expect, test } from '@playwright/test';
import { rateFive } from '../support/app';

test('filters combine, stand in the address, survive a reload, and are cleared', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/picks');
  const rows = page.getByTestId('picks').getByTestId('film-row');
  await expect(rows).toHaveCount(100);
  const facts = () => page.locator('.film-row__meta').allTextContents();
  const before = await facts();

  await page.getByTestId('filters').locator('summary').click();
  await page.getByRole('button', { name: 'Documentary' }).click();
  await page.getByRole('combobox', { name: 'Decade' }).selectOption('1990');
  await expect(page).toHaveURL(/#\/picks\?genre=Documentary&decade=1990$/);
  await expect.poll(async () => (await facts()).every((fact) => /^199\d · .*Documentary/.test(fact))).toBe(true);
  const documentaries = await rows.count();
  expect(documentaries).toBeGreaterThan(10);

  await page.getByRole('combobox', { name: 'Year', exact: true }).selectOption('1994');
  await expect.poll(async () => (await facts()).every((fact) => fact.startsWith('1994'))).toBe(true);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Documentary' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('combobox', { name: 'Year', exact: true })).toHaveValue('1994');
  expect((await facts()).every((fact) => fact.startsWith('1994'))).toBe(true);

  await page.getByTestId('clear').click();
  await expect(page).toHaveURL(/#\/picks$/);
  await expect.poll(facts).toEqual(before);
});

test('the dials change the list, and say by how much', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/picks');
  const order = () =>
    page.getByTestId('film-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item')));
  await expect(page.getByTestId('film-row')).toHaveCount(100);
  const before = await order();

  await page.getByTestId('filters').locator('summary').click();
  const dial = page.getByLabel('Well known');
  await dial.focus();
  await dial.press('Home');
  await expect(dial).toHaveAttribute('aria-valuetext', '100 of 100 towards “Obscure”');
  await expect.poll(order).not.toEqual(before);
  const obscure = await order();
  expect(obscure.filter((item) => before.includes(item)).length).toBeLessThan(50);
});

test('a list that filters leave empty says so', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/picks?genre=Western&year=1899');
  await expect(page.getByTestId('none')).toContainText('Take something off');
});
