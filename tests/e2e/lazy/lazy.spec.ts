// The pages behind the first view are a module of their own, which holds up nothing and may fail to come.
import { expect, test, type Page, type Route } from '@playwright/test';
import { filmStars } from '../support/app';
import { holdModel } from '../support/held';

const LATER = '**/split_pages.wasm';

/** Every request for the module, as they come. */
function requests(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/split_pages.wasm')) seen.push(request.url());
  });
  return seen;
}

test('a first visit asks for the other pages only after there are films to rate', async ({ page }) => {
  const held = await holdModel(1 / 6);
  try {
    const asked = requests(page);
    await page.goto(held.url);
    const card = page.getByTestId('film-card').first();
    await expect(card).toBeVisible();
    await card.getByTestId('stars').focus();
    await card.getByTestId('stars').press('4');
    await expect(page.getByTestId('bulbs')).toHaveAttribute('data-lit', '1');
    expect(asked).toEqual([]);
    held.release();
    await expect.poll(() => asked.length).toBe(1);
  } finally {
    held.release();
    held.close();
  }
});

test('a film’s page opens with the module that came meanwhile', async ({ page }) => {
  const asked = requests(page);
  const came = page.waitForResponse(LATER);
  await page.goto('');
  await (await came).finished();
  await page.getByTestId('film-card').first().getByRole('link').first().click();
  await expect(filmStars(page)).toBeVisible();
  await page.goBack();
  await expect(page.getByTestId('film-card').first()).toBeVisible();
  await page.goto('#/about');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('About');
  expect(asked).toHaveLength(1);
});

for (const [what, answer] of [
  ['a broken line', (route: Route) => route.abort()],
  ['a host that has lost it', (route: Route) => route.fulfill({ status: 404, body: 'no such file' })],
  ['a damaged file', (route: Route) => route.fulfill({ body: 'damaged', contentType: 'application/wasm' })],
] as const) {
  test(`${what} is said plainly, and "Try again" mends it`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.route(LATER, answer);
    await page.goto('#/film/2571');
    const notice = page.locator('[data-notice="pages"]');
    await expect(notice).toContainText('This page did not arrive');
    await expect(notice).toContainText('Your ratings are safe');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(notice).toBeVisible();

    await page.goto('#/');
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await page.goto('#/film/2571');
    await expect(notice).toBeVisible();
    await page.unroute(LATER);
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(filmStars(page)).toBeVisible();
    await expect(notice).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}

test('a host that does not know what WebAssembly is serves all pages', async ({ page }) => {
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  await page.goto('#/film/2571');
  await expect(filmStars(page)).toBeVisible();
});
