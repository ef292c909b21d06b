// Without a pointer: everything is reached by Tab, does what its name says, and the focus is never lost.
import { expect, test } from './support/test';
import { cards, films, heading, ready } from './support/widget';
import type { Page } from '@playwright/test';

/** What has the focus, through shadow roots. */
const focus = (page: Page) =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(active as Element);
    return {
      name: active?.getAttribute('aria-label') ?? active?.textContent ?? '',
      role: active?.getAttribute('role') ?? active?.localName ?? '',
      seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    };
  });

/** Tabs until something of this name and role has the focus. */
async function tabTo(page: Page, role: string, name: RegExp, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press(key);
    const at = await focus(page);
    if (at.role === role && name.test(at.name)) {
      expect(at.seen, `the focus on ${at.name} is seen`).toBe(true);
      return;
    }
  }
  throw new Error(`Tab does not come to a ${role} named ${name}`);
}

test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));

test('a list: rate with arrows, set aside, take back', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  const first = (await cards(list).first().getAttribute('data-item')) ?? '';

  await tabTo(page, 'slider', /./);
  const name = (await focus(page)).name;
  for (let press = 0; press < 9; press += 1) await page.keyboard.press('ArrowRight');
  await expect(cards(list).first().getByRole('slider')).toHaveAttribute('aria-valuetext', '4 and a half stars');
  // Nothing goes before the keyboard has come to rest.
  await expect(list.locator(`[data-item="${first}"]`)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(list.locator(`[data-item="${first}"]`)).toHaveCount(0);
  const after = await focus(page);
  expect(after.role).toBe('slider');
  expect(after.name).not.toBe(name);

  await tabTo(page, 'button', /^Not for me/);
  const second = (await cards(list).first().getAttribute('data-item')) ?? '';
  await page.keyboard.press('Enter');
  await expect(list.locator(`[data-item="${second}"]`)).toHaveCount(0);
  expect((await focus(page)).role).toBe('button');

  await tabTo(page, 'button', /^Undo$/);
  await page.keyboard.press('Space');
  await expect(list.locator(`[data-item="${second}"]`)).toHaveCount(1);
  expect((await focus(page)).name).toBe('Your ratings');
});

test('your ratings: opened, one removed, closed by Escape', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  await tabTo(page, 'slider', /./);
  await page.keyboard.press('4');
  await expect(heading(list)).toHaveText('Recommended for you');
  await tabTo(page, 'button', /^Your ratings$/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', /^Remove/);
  await page.keyboard.press('Enter');
  await expect(list.locator('.panel li')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(list.locator('.panel')).toHaveCount(0);
  expect((await focus(page)).name).toBe('Your ratings');
});

test('stars for one film: digits, arrows, Delete and Escape', async ({ page, partner }) => {
  await page.goto(partner.page('four.html'));
  const rate = page.locator('matinee-rate');
  await ready(rate);
  await tabTo(page, 'slider', /The Matrix/);
  const slider = rate.getByRole('slider');
  for (const [key, stars] of [['4', '4'], ['ArrowRight', '4.5'], ['End', '5'], ['Home', '0.5'], ['ArrowLeft', '0.5'], ['Delete', '0']]) {
    await page.keyboard.press(key);
    await expect(slider, key).toHaveAttribute('aria-valuenow', stars);
  }
  await expect(slider).toHaveAttribute('aria-valuetext', 'Not rated');
  await page.keyboard.press('3');
  await expect(rate.getByRole('status')).toContainText('The Matrix');
});

test('the questions: every answer brings the next, and what was answered can be taken back', async ({ page, partner }) => {
  await page.goto(partner.page('four.html'));
  const ask = page.locator('matinee-onboarding');
  await ready(ask);
  const asked = () => ask.locator('[data-item]').getAttribute('data-item');
  await page.locator('matinee-rate').getByRole('slider').focus();
  await tabTo(page, 'slider', /^((?!The Matrix).)*$/);

  let setAside = '';
  for (const answer of ['4', '2', 'Haven’t seen it', 'Not for me', 'Skip']) {
    const before = (await asked()) ?? '';
    if (answer === 'Not for me') setAside = before;
    if (answer.length === 1) {
      await page.keyboard.press(answer);
    } else {
      await tabTo(page, 'button', new RegExp(`^${answer}`));
      await page.keyboard.press('Enter');
    }
    await expect(ask.locator(`[data-item="${before}"]`)).toHaveCount(0);
    expect((await focus(page)).role, 'the next film’s stars have the focus').toBe('slider');
  }
  await tabTo(page, 'button', /^Undo$/);
  await page.keyboard.press('Enter');
  // The film that was skipped was not answered, so the one before it is back.
  await expect(ask.locator('[data-item]')).toHaveAttribute('data-item', setAside);
  await tabTo(page, 'button', /^Done$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(heading(ask)).toHaveText('Your ratings');
});
