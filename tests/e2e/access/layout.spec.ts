// Small windows, other directions and fewer colours: nothing is cut off, covered or told by colour alone.
import { expect, test } from '@playwright/test';
import { nothingSticksOut } from '../support/layout';
import { knownVisitor, settled } from '../support/pages';

test.beforeEach(async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('320 pixels are wide enough', async ({ page }) => {
  await knownVisitor(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await nothingSticksOut(page);
});

test('zoomed to 200% a page of 1280 pixels has room', async ({ page }) => {
  await knownVisitor(page);
  await page.setViewportSize({ width: 640, height: 400 });
  await nothingSticksOut(page);
});

test('from right to left everything is mirrored and fits', async ({ page }) => {
  await knownVisitor(page);
  await page.evaluate(() => localStorage.setItem('matinee-lang', 'ar'));
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await nothingSticksOut(page);
  }
  await page.goto('#/');
  await settled(page);
  const rail = (await page.getByRole('banner').boundingBox())!;
  const main = (await page.getByRole('main').boundingBox())!;
  expect(rail.x).toBeGreaterThan(main.x);
  const [first, second] = await page.getByTestId('shelf').first().getByTestId('film-card').all();
  expect((await first.boundingBox())!.x).toBeGreaterThan((await second.boundingBox())!.x);
});

test('stars are filled and given from the right where one reads from the right', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('matinee-lang', 'ar'));
  await page.goto('#/film/2571');
  await settled(page);
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  const stars = page.getByTestId('film').getByTestId('stars').first();
  const box = (await stars.locator('.stars__bar').boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.15, box.y + box.height / 2);
  await expect(stars).toHaveAttribute('aria-valuenow', '4.5');
  await stars.press('ArrowLeft');
  await expect(stars).toHaveAttribute('aria-valuenow', '5');
});

test('without motion nothing moves, and the curtain stays away', async ({ page }) => {
  await page.goto('');
  await settled(page);
  for (let given = 0; given < 5; given += 1) {
    await page.getByTestId('first-films').getByTestId('film-card').nth(given).getByTestId('stars').press('5');
  }
  await expect(page.getByTestId('shelf').first()).toBeVisible();
  await expect(page.getByTestId('curtain')).not.toBeVisible();
  const moving = await page.evaluate(() => {
    const timed = document.getAnimations().map(({ effect }) => effect?.getComputedTiming());
    return timed.filter((timing) => Number(timing?.duration) > 0 && timing?.endTime !== Infinity).length;
  });
  expect(moving).toBe(0);
});

test('with the system’s own colours, what is chosen and what has the focus still differs', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('#/film/2571');
  await settled(page);
  const watchlist = page.getByTestId('film').getByTestId('watchlist');
  const look = () => watchlist.evaluate((button) => {
    const { backgroundColor, borderTopWidth, outlineWidth } = getComputedStyle(button);
    return `${backgroundColor} ${borderTopWidth} ${outlineWidth}`;
  });
  const off = await look();
  await watchlist.click();
  await expect(watchlist).toHaveAttribute('aria-pressed', 'true');
  await page.mouse.move(0, 0);
  await page.getByRole('link', { name: 'Matinee' }).focus();
  expect(await look()).not.toBe(off);
  const current = page.getByRole('navigation').getByRole('link', { name: 'Home' });
  await current.press('Enter');
  await expect(current).toHaveAttribute('aria-current', 'page');
  const other = page.getByRole('navigation').getByRole('link', { name: 'About' });
  const weight = (link: typeof other) => link.evaluate((element) => getComputedStyle(element).borderBlockStartWidth + getComputedStyle(element).textDecorationLine);
  expect(await weight(current)).not.toBe(await weight(other));
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
  expect(outline).not.toBe('none');
});
