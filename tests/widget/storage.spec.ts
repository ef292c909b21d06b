// Where the browser keeps nothing for the page: everything works for as long as the page is open, and says so.
import { expect, test } from './support/test';
import { films, heading, rateFive, ready, reasons } from './support/widget';

test('with storage that throws, ratings last for the visit', async ({ page, partner }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  });
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await expect(list.locator('[part="foot"]')).toContainText('ratings last for this visit');
  await rateFive(list);
  await expect(heading(list)).toHaveText('Recommended for you');
  await expect(reasons(list).first()).toBeVisible();
  await page.reload();
  await expect(heading(list)).toHaveText('Popular to start with');
});

test('with storage that refuses to open, the same', async ({ page, partner }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      const request = new EventTarget() as IDBOpenDBRequest;
      setTimeout(() => request.onerror?.call(request, new Event('error')));
      Object.assign(request, { error: new DOMException('no', 'UnknownError') });
      return request;
    };
  });
  await page.goto(partner.page('films.html'));
  await expect(films(page).locator('[part="foot"]')).toContainText('ratings last for this visit');
});

test('when writing fails, the visitor is told and nothing looks kept that is not', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = function () {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const told = page.evaluate(() => {
    const element = document.querySelector('matinee-recommendations');
    return new Promise((resolve) => element?.addEventListener('error', (event) => resolve((event as CustomEvent).detail.code), { once: true }));
  });
  await list.locator('[part="card"]').first().getByRole('slider').press('5');
  expect(await told).toBe('storage-full');
  await expect(list.getByRole('status')).not.toBeEmpty();
  await expect(heading(list)).toHaveText('Popular to start with');
  await expect(list.locator('[part="card"]').first().getByRole('slider')).toHaveAttribute('aria-valuenow', '0');
});

test('in a sandbox without an origin it works in the page', async ({ page, partner }) => {
  await page.goto(partner.page('sandbox.html'));
  const list = page.locator('iframe[sandbox]').contentFrame().locator('matinee-recommendations');
  await expect(list.locator('[part="foot"]')).toContainText('ratings last for this visit');
  await rateFive(list);
  await expect(heading(list)).toHaveText('Recommended for you');
});

test('in a sandbox without an origin, an element says at once that there it can have no frame', async ({ page, partner }) => {
  await page.goto(partner.page('sandbox.html'));
  const list = page.locator('iframe[sandbox]').contentFrame().locator('matinee-recommendations');
  await ready(list);
  await list.evaluate((element) => element.setAttribute('isolation', 'frame'));
  await expect(list).toHaveJSProperty('readyState', 'error');
  await expect(list.getByText('Films, when they are there.')).toBeVisible();
});
