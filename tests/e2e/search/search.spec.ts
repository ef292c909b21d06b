import { expect, test } from '@playwright/test';

for (const [query, title] of [
  ['matrx 99', 'The Matrix'],
  ['amelie', 'Amelie'],
  ['godf', 'The Godfather'],
  ['sevn samurai', 'Seven Samurai'],
]) {
  test(`"${query}" finds ${title}`, async ({ page }) => {
    await page.goto('#/search');
    await page.getByTestId('search').fill(query);
    const first = page.getByTestId('results').getByTestId('film-row').first();
    await expect(first).toContainText(title);
  });
}

test('a search is part of the address, and leads to a film with similar films', async ({ page }) => {
  await page.goto('#/search');
  await page.getByTestId('search').fill('toy story');
  await expect(page).toHaveURL(/q=toy/);
  await page.getByTestId('results').getByRole('link', { name: /Toy Story/ }).first().click();
  await expect(page.getByTestId('film')).toBeVisible();
  await expect(page.getByTestId('film').getByTestId('film-card').nth(3)).toBeAttached();
});
