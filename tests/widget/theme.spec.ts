// Themes: the system's, the page's choice, or a style sheet of the page's own, at once and without another download.
import { expect, test } from './support/test';
import { cards, films, heading, listen, events, ready, requests } from './support/widget';
import type { Locator } from '@playwright/test';

const ground = (list: Locator) => list.locator('.matinee').evaluate((root) => getComputedStyle(root).backgroundColor);

test('auto follows the system, light and dark do not', async ({ page, partner }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  const asked = requests(page);
  const light = await ground(list);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await ground(list);
  expect(dark).not.toBe(light);
  await list.evaluate((element) => element.setAttribute('theme', 'light'));
  expect(await ground(list)).toBe(light);
  await list.evaluate((element: HTMLElement & { theme: string }) => (element.theme = 'dark'));
  expect(await ground(list)).toBe(dark);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await ground(list)).toBe(dark);
  await list.evaluate((element) => element.removeAttribute('theme'));
  expect(await ground(list)).toBe(light);
  expect(asked).toEqual([]);
});

test('a style sheet of the page’s own takes effect, and goes again', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  const before = await ground(list);
  await list.evaluate((element) => element.setAttribute('theme', 'theme.css'));
  await expect.poll(() => ground(list)).toBe('rgb(0, 64, 32)');
  await expect(heading(list)).toHaveCSS('color', 'rgb(255, 255, 255)');
  await list.evaluate((element) => element.setAttribute('theme', 'auto'));
  await expect.poll(() => ground(list)).toBe(before);
});

test('a theme that is none is told of, and films stay', async ({ page, partner, faults }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  await listen(page);
  for (const theme of ['javascript:alert(1)', 'data:text/css,*{display:none}', 'nothing-there.css']) {
    await list.evaluate((element, to) => element.setAttribute('theme', to), theme);
  }
  await expect.poll(async () => (await events(page, 'error')).map(({ detail }) => detail.code)).toEqual(['bad-theme', 'bad-theme', 'bad-theme']);
  await expect(cards(list)).toHaveCount(8);
  expect(faults.splice(0).every((fault) => fault.includes('404'))).toBe(true);
});

test('variables and parts of the page’s style sheets reach in', async ({ page, partner }) => {
  await page.goto(partner.lax('films.html'));
  const list = films(page);
  await ready(list);
  await page.addStyleTag({
    content: 'matinee-recommendations { --matinee-ink: rgb(1, 2, 3); --matinee-radius: 7px } ::part(facts) { text-transform: uppercase }',
  });
  await expect(heading(list)).toHaveCSS('color', 'rgb(1, 2, 3)');
  await expect(list.locator('[part="facts"]').first()).toHaveCSS('text-transform', 'uppercase');
  await expect(list.locator('[part="cover"]').first()).toHaveCSS('border-radius', '7px');
});
