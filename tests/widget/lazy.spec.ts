// Only the loader comes at once; the rest when an element comes near the window, or when the visitor turns to it.
import { expect, test } from './support/test';
import { cards, films, ready, requests } from './support/widget';

const fromPublisher = (all: string[], publisher: string) => all.filter((url) => url.startsWith(publisher));

test('far from the window nothing but the loader is fetched, until the visitor comes near', async ({ page, partner, publisher }) => {
  const asked = requests(page);
  await page.goto(partner.page('far.html'), { waitUntil: 'networkidle' });
  expect(fromPublisher(asked, publisher)).toEqual([`${publisher}/widget/v1/matinee.js`]);
  await expect(films(page)).toHaveJSProperty('readyState', 'idle');
  await page.mouse.wheel(0, 3400);
  await expect(cards(films(page))).toHaveCount(6);
});

test('the visitor’s turning to it is enough', async ({ page, partner, publisher }) => {
  const asked = requests(page);
  await page.goto(partner.page('far.html'), { waitUntil: 'networkidle' });
  await films(page).evaluate((element) => {
    element.tabIndex = 0;
    element.focus({ preventScroll: true });
  });
  await ready(films(page));
  expect(fromPublisher(asked, publisher).length).toBeGreaterThan(1);
});

test('loading="eager" and load() do not wait', async ({ page, partner }) => {
  await page.goto(partner.page('far.html'));
  await films(page).evaluate((element: HTMLElement & { load(): Promise<void> }) => element.load());
  await ready(films(page));
  await page.reload();
  await expect(films(page)).toHaveJSProperty('readyState', 'idle');
  await films(page).evaluate((element) => element.setAttribute('loading', 'eager'));
  await ready(films(page));
});

