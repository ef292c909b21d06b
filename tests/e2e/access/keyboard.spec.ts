// Everything without a pointer: all of it is reached, the focus is seen, and it is never lost.
import { expect, test, type Page } from '@playwright/test';
import { PLACES, knownVisitor, settled, visit } from '../support/pages';

const focused = (page: Page) => page.locator(':focus');

/** Tabs once through the page; what was never reached, and what was reached without being seen. */
async function tour(page: Page): Promise<{ missed: string[]; unseen: string[] }> {
  const all = await page.evaluate(() => {
    const candidates = document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]');
    const reachable = [...candidates].filter((element) => {
      const radio = element instanceof HTMLInputElement && element.type === 'radio';
      return !radio && element.tabIndex >= 0 && !element.hasAttribute('disabled') && element.checkVisibility({ visibilityProperty: true });
    });
    reachable.forEach((element, at) => element.setAttribute('data-tour', String(at)));
    (document.activeElement as HTMLElement | null)?.blur();
    window.getSelection()?.removeAllRanges();
    return reachable.map((element) => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.outerHTML);
  });
  await page.evaluate(() => document.body.focus());
  const reached = new Set<number>();
  const unseen = new Set<string>();
  for (let press = 0; press < all.length + 4; press += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (!element || element === document.body) return { at: -1, seen: true };
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      const box = element.getBoundingClientRect();
      // In the window, and not wholly behind what stands fixed: its middle or one of its corners can be seen.
      const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
      const top = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return !!hit && (element.contains(hit) || hit.contains(element));
      });
      const tour = element.getAttribute('data-tour');
      return { at: tour === null ? -2 : Number(tour), seen: marked && top };
    });
    if (here.at >= 0) reached.add(here.at);
    if (here.at >= 0 && !here.seen) unseen.add(all[here.at].slice(0, 80));
  }
  return { missed: all.filter((_, at) => !reached.has(at)), unseen: [...unseen] };
}

/** One of each kind: what else there is has the same controls. */
const TOURED = ['home', 'kinds of film', 'a question', 'search, with films found', 'film', 'taste', 'trends', 'data', 'together', 'about', 'keys'];

test('Tab reaches everything, and the focus is always seen', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('');
  for (const place of PLACES.filter(({ name }) => TOURED.includes(name))) {
    await visit(page, place);
    expect.soft(await tour(page), place.name).toEqual({ missed: [], unseen: [] });
  }
});

test('the first Tab offers to skip to the page, and does', async ({ page }) => {
  await page.goto('');
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(focused(page)).toHaveText('Skip to the page');
  await expect(focused(page)).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
});

test('following a link moves the focus to the new page and names it', async ({ page }) => {
  await page.goto('');
  await settled(page);
  await page.getByRole('navigation').getByRole('link', { name: 'About' }).press('Enter');
  await expect(page).toHaveTitle('About · Matinee');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'About' })).toHaveAttribute('aria-current', 'page');
});

test('single keys go about, among films too, until they are turned off', async ({ page }) => {
  await page.goto('');
  await settled(page);
  // The keys come with the code of the other pages.
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keys', { timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox');
  await expect(search).toBeFocused();
  await page.keyboard.type('gh?/');
  await expect(search).toHaveValue('gh?/');
  await search.fill('heat');
  await expect(page.getByTestId('film-row').nth(0)).toContainText('Heat');
  await expect(page.getByTestId('film-row').nth(1)).toBeVisible();
  await page.getByRole('button', { name: /^Colours/ }).focus();
  await page.keyboard.press('j');
  await expect(page.getByTestId('film-row').nth(0).locator('a.film-row__title')).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByTestId('film-row').nth(1).locator('a.film-row__title')).toBeFocused();
  await page.keyboard.press('k');
  await expect(page.getByTestId('film-row').nth(0).locator('a.film-row__title')).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('y');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You');

  await page.goto('#/keys');
  const box = page.getByRole('checkbox', { name: 'Shortcuts of a single key' });
  await expect(box).toBeChecked();
  await box.press('Space');
  await expect(box).not.toBeChecked();
  await page.reload();
  await expect(box).not.toBeChecked();
  for (const key of ['g', 'h', '/', 'j']) await page.keyboard.press(key);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keys');
  await box.check();
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await expect(page).toHaveURL(/#\/$/);
});

test('a film that leaves when it is rated hands the focus to its neighbour', async ({ page }) => {
  await knownVisitor(page);
  const cards = page.getByTestId('shelf').first().getByTestId('film-card');
  const next = (await cards.nth(1).getAttribute('data-item'))!;
  const leaving = (await cards.nth(0).getAttribute('data-item'))!;
  await cards.nth(0).getByTestId('stars').press('4');
  await expect(page.locator(`[data-testid="film-card"][data-item="${leaving}"]`)).toHaveCount(0);
  expect(next).not.toBe(leaving);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[data-testid="film-card"]')?.parentElement?.className ?? 'lost'))
    .toBe('reel');
});
