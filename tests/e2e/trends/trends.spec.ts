// What the ratings behind the catalogue say about their time.
import { expect, test } from '@playwright/test';

test('trends are charts with their tables, and films that rise lead to their pages', async ({ page }) => {
  await page.goto('#/you');
  await page.getByRole('link', { name: /^Trends/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Trends');
  await expect(page.getByText(/ratings by .* people, from .*1996/)).toBeVisible();

  // The chart and its table say the same.
  const weekdays = page.getByRole('figure', { name: 'Day of the week' });
  await expect(weekdays.getByRole('listitem')).toHaveCount(7);
  await expect(weekdays.getByRole('listitem').first()).toContainText('Monday');
  await expect(weekdays.getByRole('table')).toHaveCount(0);
  await weekdays.getByRole('button', { name: 'Show as a table: Day of the week' }).press('Enter');
  await expect(weekdays.getByRole('rowheader')).toHaveCount(7);
  await weekdays.getByRole('button', { name: 'Hide the table: Day of the week' }).press('Enter');
  await expect(weekdays.getByRole('table')).toHaveCount(0);

  const years = page.getByRole('figure', { name: 'What was rated' });
  await years.getByRole('button').click();
  await expect(years.getByRole('rowheader', { name: '1996' })).toBeVisible();
  await expect(page.getByTestId('groups').getByRole('listitem').first()).toBeVisible();

  const rising = page.getByRole('figure', { name: 'Rated more than before' });
  const first = rising.getByRole('link').first();
  const title = (await first.textContent())!;
  await first.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('the rising rise and the falling fall, by the figures in their tables', async ({ page }) => {
  await page.goto('#/trends');
  for (const [name, rises] of [
    ['Rated more than before', true],
    ['Rated less than before', false],
  ] as const) {
    const figure = page.getByRole('figure', { name });
    await figure.getByRole('button').click();
    const ratios = await figure.locator('tbody tr td:nth-child(4)').allTextContents();
    expect(ratios.length).toBeGreaterThan(2);
    for (const ratio of ratios) expect(/times$/.test(ratio)).toBe(rises);
  }
});

test('without trends the page says so plainly', async ({ page }) => {
  await page.route(/\/(?:\?.*)?$/, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(/(<meta name="matinee-trends" content=")[^"]+/, '$1');
    await route.fulfill({ response, body: html });
  });
  await page.goto('#/trends');
  await expect(page.getByTestId('absent')).toContainText('came without trends');
});

test('trends that do not arrive are asked for again', async ({ page }) => {
  await page.route('**/*.trends.json', (route) => route.abort());
  await page.goto('#/trends');
  const notice = page.locator('[data-notice="trends"]');
  await expect(notice).toContainText('The trends did not arrive');
  await page.unroute('**/*.trends.json');
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('figure', { name: 'Day of the week' })).toBeVisible();
});

test.describe('after one visit', () => {
  test.use({ serviceWorkers: 'allow' });

  test('trends are drawn without a network', async ({ page, context }) => {
    await page.goto('');
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await context.setOffline(true);
    await page.goto('#/trends');
    await expect(page.getByRole('figure', { name: 'Day of the week' })).toBeVisible();
  });
});
