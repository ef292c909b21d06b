import { expect, test } from '@playwright/test';

test('an address that changes while the page is being made ready is followed', async ({ page }) => {
  await page.addInitScript(() => {
    const add = window.addEventListener;
    window.addEventListener = function (this: Window, type: string, ...rest: unknown[]) {
      // The last moment at which nobody listens yet.
      if (type === 'popstate') history.replaceState(null, '', '#/about');
      return Reflect.apply(add, this, [type, ...rest]);
    } as typeof window.addEventListener;
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('About');
});
