// What stands in the page before the app has come says something, and nothing moves when the app takes over.
import { expect, test, type Page } from '@playwright/test';
import { knownVisitor, settled } from '../support/pages';

const watched = (page: Page) =>
  page.addInitScript(() => {
    const seen = { shift: 0 };
    (window as unknown as { seen: typeof seen }).seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) seen.shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
const shift = (page: Page) => page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift);

test('a first visit sees words and shapes at once, which stay where they are', async ({ page }) => {
  await watched(page);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/app_bg.wasm', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto('', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
  await expect(page.getByRole('navigation').getByRole('link')).not.toHaveCount(0);
  await expect(page.locator('.skeleton--cover').first()).toBeVisible();
  release();
  await settled(page);
  expect(await shift(page)).toBeLessThanOrEqual(0.02);
});

test('nothing moves for a visitor who comes back', async ({ page }) => {
  await knownVisitor(page);
  await watched(page);
  await page.reload();
  await settled(page);
  await expect(page.getByTestId('shelf').nth(1)).toBeVisible();
  expect(await shift(page)).toBeLessThanOrEqual(0.02);
});

test('without scripts the page says what it needs', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL!);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('noscript p')).toBeVisible();
  await context.close();
});
