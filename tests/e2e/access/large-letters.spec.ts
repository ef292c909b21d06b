// For those who have set their browser to letters of twice the size.
import { expect, test } from '@playwright/test';
import { nothingSticksOut } from '../support/layout';
import { knownVisitor } from '../support/pages';

// As the browser's settings have it, so that what is measured in letters, windows included, doubles too.
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--blink-settings=defaultFontSize=32'] }) });

test('letters of twice the size fit, on a phone and on a desktop', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await knownVisitor(page);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await nothingSticksOut(page);
  }
});
