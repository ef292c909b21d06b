// The demo: a magazine with the widget in three styles. Pictures of it are kept for whoever wants to look.
import { bringAxe, violations } from './support/axe';
import { expect, test } from './support/test';
import { cards, frameOf, framed, heading, rateFirst, ready } from './support/widget';
import type { Page } from '@playwright/test';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

test.use({ profile: true });

/** Goes down the page as a reader does, until every element has its films. */
async function read(page: Page): Promise<void> {
  for (const name of ['matinee-rate', 'matinee-similar', '.programme', '.drawer']) {
    const element = page.locator(name);
    await element.scrollIntoViewIfNeeded();
    await ready(element);
  }
  await expect(cards(framed(page.locator('.drawer')))).toHaveCount(6);
}

/** How far things moved about that nobody touched, as browsers count it. */
async function countShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(window, { shifts: [] });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) (window as unknown as { shifts: number[] }).shifts.push(entry.value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, shift) => sum + shift, 0));
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`on a ${size} in ${colorScheme} colours: nothing sticks out, nothing moves, nothing that axe-core finds wrong`, async ({ page, partner }, info) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await bringAxe(page);
      const shifts = await countShifts(page);
      // The loader comes late, as it does on slow lines.
      await page.route('**/matinee.js', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        await route.continue();
      });
      await page.goto(partner.magazine);
      await read(page);
      await expect(cards(page.locator('matinee-similar'))).toHaveCount(12);
      await expect(cards(page.locator('.programme'))).toHaveCount(5);
      expect(await shifts()).toBeLessThanOrEqual(0.02);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      expect(await violations(frameOf(page))).toEqual([]);

      const picture = (name: string) => info.outputPath(`magazine-${size}-${colorScheme}${name}.png`);
      for (const key of ['5', '4', '1']) await rateFirst(page.locator('.programme'), key);
      await expect(page.locator('.programme [data-matinee="reason"]').first()).toContainText('Because');
      // Browsers paint frames a little later than the rest, and leave some out of a picture of the whole.
      await page.waitForTimeout(500);
      await page.screenshot({ path: picture('-end') });
      await page.screenshot({ path: picture(''), fullPage: true });
    });
  }
}

test('the lights go down in the page, in its elements and in the frame, and stay down', async ({ page, partner }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(partner.magazine);
  await read(page);
  const inks = async () => [
    await page.locator('h1').evaluate((text) => getComputedStyle(text).color),
    await page.locator('.programme').locator('[part~="heading"], .head').first().evaluate((text) => getComputedStyle(text).color),
    await heading(framed(page.locator('.drawer'))).evaluate((text) => getComputedStyle(text).color),
  ];
  const up = await inks();
  await page.getByRole('button', { name: 'Lights down' }).click();
  await expect.poll(async () => (await inks()).map((ink, i) => ink !== up[i])).toEqual([true, true, true]);
  expect(new Set(await inks()).size).toBe(1);
  await page.reload();
  await read(page);
  await expect(page.getByRole('button', { name: 'Lights down' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(async () => new Set(await inks()).size).toBe(1);
  expect((await inks())[0]).not.toBe(up[0]);
});

test('what is rated in the magazine is one visitor’s, and the drawer’s is another matter', async ({ page, partner }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(partner.magazine);
  await read(page);
  await page.locator('matinee-rate').getByRole('slider').press('5');
  await expect(page.locator('.programme [data-matinee="reason"]').first()).toContainText('The Matrix');
  const drawer = framed(page.locator('.drawer'));
  await expect(heading(drawer)).toHaveText('Popular to start with');
  await rateFirst(drawer, '4');
  await expect(heading(drawer)).toHaveText('Recommended for you');
});

test('a chosen film is the magazine’s to answer, from its elements and from the frame', async ({ page, partner }) => {
  await page.goto(partner.magazine);
  await read(page);
  const slip = page.locator('.slip');
  await page.locator('.programme').getByRole('link').first().click();
  await expect(slip).toContainText('is not in our archive yet');
  await expect(slip.getByRole('link')).toHaveAttribute('href', /^https:\/\/www\.imdb\.com\/title\/tt\d+\/$/);
  const before = await slip.textContent();
  await cards(framed(page.locator('.drawer'))).nth(1).getByRole('link').click();
  await expect.poll(() => slip.textContent()).not.toBe(before);
  expect(page.url()).toBe(partner.magazine);
});
