// Every element, new and known to the visitor, in both themes and both modes.
import { bringAxe, violations } from './support/axe';
import { expect, test } from './support/test';
import { add, films, frameOf, framed, heading, message, rateFive, ready } from './support/widget';

test.beforeEach(async ({ page }) => {
  await bringAxe(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

for (const theme of ['light', 'dark'] as const) {
  test(`in the page, ${theme}`, async ({ page, partner }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(partner.page('four.html'));
    const list = films(page);
    for (const name of ['matinee-rate', 'matinee-onboarding', 'matinee-similar', 'matinee-recommendations']) {
      await page.locator(name).scrollIntoViewIfNeeded();
      await ready(page.locator(name));
    }
    expect(await violations(page)).toEqual([]);
    await rateFive(list);
    await expect(heading(list)).toHaveText('Recommended for you');
    await list.getByRole('button', { name: 'Your ratings' }).click();
    await page.locator('matinee-similar').evaluate((element) => element.setAttribute('layout', 'list'));
    expect(await violations(page)).toEqual([]);
  });

  test(`in a frame, ${theme}, whatever the system has`, async ({ page, partner }) => {
    await page.emulateMedia({ colorScheme: theme === 'dark' ? 'light' : 'dark', reducedMotion: 'reduce' });
    await page.goto(partner.page('frame.html'));
    await films(page).evaluate((element, to) => element.setAttribute('theme', to), theme);
    const list = framed(films(page));
    await rateFive(list);
    await expect(heading(list)).toHaveText('Recommended for you');
    expect(await violations(page)).toEqual([]);
    expect(await violations(frameOf(page))).toEqual([]);
  });
}

test('errors are accessible, those with a way out and those without', async ({ page, partner, publisher, faults }) => {
  await page.goto(partner.page('bare.html'));
  await expect(message(await add(page, 'matinee-rate', { item: 'imdb:tt9999999' }))).toContainText('imdb:tt9999999');
  const list = await add(page, 'matinee-recommendations', { model: `${publisher}/nothing-there.json` });
  await expect(message(list).getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(faults.splice(0).every((fault) => fault.includes('404'))).toBe(true);
});
