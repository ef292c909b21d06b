// Elements come, move and go as pages and frameworks please.
import { expect, test } from './support/test';
import { MATRIX, add, cards, events, films, framed, heading, ready, rateFirst, requests } from './support/widget';
import type { Page } from '@playwright/test';

/** How many of the elements that were put down with `remember` are still held by anything. */
async function held(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  await client.detach();
  return page.evaluate(() => (window as unknown as { gone: WeakRef<Element>[] }).gone.filter((one) => one.deref()).length);
}

test('several elements share one program and one model', async ({ page, partner }) => {
  const asked = requests(page);
  await page.goto(partner.page('four.html'));
  for (const name of ['matinee-rate', 'matinee-onboarding', 'matinee-similar', 'matinee-recommendations']) {
    await page.locator(name).scrollIntoViewIfNeeded();
    await ready(page.locator(name));
  }
  for (const file of ['matinee.js', 'element.js', 'core.js', 'core_bg.wasm', 'model.json', '.matinee']) {
    expect(asked.filter((url) => url.endsWith(file)), file).toHaveLength(1);
  }
  const same = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement & { recommender: unknown }>('main > *')].filter((one) => one.localName.includes('-'));
    return new Set(all.map((one) => one.recommender)).size;
  });
  expect(same).toBe(1);
});

test('what is said to one element the others know at once', async ({ page, partner }) => {
  await page.goto(partner.page('four.html'));
  await page.locator('matinee-rate').getByRole('slider').press('5');
  const list = films(page);
  await list.scrollIntoViewIfNeeded();
  await expect(heading(list)).toHaveText('Recommended for you');
  await expect(page.locator('matinee-onboarding [part="meter"]')).toContainText(/[1-9]\d*%/);
});

test('a moved element keeps its films and asks for nothing', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await rateFirst(list, '5');
  const asked = requests(page);
  const marks = await list.evaluate(async (element) => {
    const card = element.shadowRoot?.querySelector('[part="card"]');
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { same: element.shadowRoot?.querySelector('[part="card"]') === card, inside: elsewhere.contains(element) };
  });
  expect(marks).toEqual({ same: true, inside: true });
  await expect(heading(list)).toHaveText('Recommended for you');
  expect(asked).toEqual([]);
});

test('an element that was taken out and comes back starts anew, without another download', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  await ready(films(page));
  const asked = requests(page);
  await films(page).evaluate(async (element) => {
    const main = element.parentElement;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    main?.append(element);
  });
  await expect(cards(films(page))).toHaveCount(8);
  expect(asked).toEqual([]);
});

for (const isolation of ['page', 'frame']) {
  test(`removed elements leave nothing behind: isolation="${isolation}"`, async ({ page, partner }) => {
    await page.goto(partner.page('bare.html'));
    await page.evaluate(() => Object.assign(window, { gone: [] }));
    for (const name of ['matinee-recommendations', 'matinee-rate', 'matinee-onboarding', 'matinee-similar']) {
      const element = await add(page, name, { item: MATRIX, isolation });
      await ready(element);
      await element.evaluate((one) => {
        (window as unknown as { gone: WeakRef<Element>[] }).gone.push(new WeakRef(one));
        one.remove();
      });
    }
    await expect.poll(() => held(page), { timeout: 20_000 }).toBe(0);
    expect(page.frames()).toHaveLength(1);
  });
}

test('an element that is removed while it loads does not come to life', async ({ page, partner }) => {
  await page.goto(partner.page('bare.html'));
  await page.evaluate(async () => {
    Object.assign(window, { gone: [] });
    for (const delay of [0, 10, 50, 150]) {
      const element = document.createElement('matinee-recommendations');
      element.setAttribute('loading', 'eager');
      document.querySelector('main')?.append(element);
      (window as unknown as { gone: WeakRef<Element>[] }).gone.push(new WeakRef(element));
      await new Promise((resolve) => setTimeout(resolve, delay));
      element.remove();
    }
  });
  await expect.poll(() => held(page), { timeout: 20_000 }).toBe(0);
});

test('properties, listeners and calls from before anything has loaded are not lost', async ({ page, partner }) => {
  await page.goto(partner.page('early.html'));
  const list = films(page);
  await expect(cards(list)).toHaveCount(5);
  await expect(list).toHaveAttribute('layout', 'list');
  await expect.poll(() => events(page, 'ready')).toHaveLength(1);
  await expect.poll(() => page.evaluate(() => 'answers' in window)).toBe(true);
  const { stateThen, answers } = await page.evaluate(() => {
    const { stateThen, answers } = window as unknown as { stateThen: string; answers: { rated: unknown; watched: unknown } };
    return { stateThen, answers };
  });
  expect(stateThen).not.toBe('ready');
  expect(answers.rated).toMatchObject({ item: 'movielens:2571', stars: 4.5 });
  expect(answers.watched).toMatchObject({ item: 'movielens:318', watched: { seconds: 8000 } });
});

test('a name that the page has taken stays the page’s, with one warning', async ({ page, partner }) => {
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.goto(partner.page('taken.html'));
  await expect(cards(films(page))).toHaveCount(8);
  await expect(page.locator('matinee-rate')).toHaveText('Mine');
  expect(warnings).toEqual([expect.stringContaining('<matinee-rate> is taken')]);
});

test('the loader a second time does no harm', async ({ page, partner, publisher }) => {
  await page.goto(partner.lax('films.html'));
  await ready(films(page));
  await page.evaluate((address) => import(address), `${publisher}/widget/v1/matinee.js?again`);
  await expect(cards(films(page))).toHaveCount(8);
});

test('every attribute takes effect when it changes', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  const set = (name: string, value: string) => list.evaluate((element, [key, to]) => element.setAttribute(key, to), [name, value]);
  await set('count', '3');
  await expect(cards(list)).toHaveCount(3);
  await set('layout', 'list');
  await expect(list.locator('.matinee')).toHaveClass(/rows/);
  await set('filter', 'genre:Animation year:1990-1999');
  await expect(list.locator('[part="facts"]').first()).toContainText(/199\d.*Animation/);
  await set('href', '/film/{imdb}');
  await expect(cards(list).first().getByRole('link').last()).toHaveAttribute('href', /\/film\/tt\d+$/);
  await set('lang', 'es');
  await expect(list.locator('.matinee')).toHaveAttribute('lang', 'es');
  await set('lang', 'ar');
  await expect(list.locator('.matinee')).toHaveAttribute('dir', 'rtl');
  await set('isolation', 'frame');
  await expect(cards(framed(list))).toHaveCount(3);
  await set('isolation', 'page');
  await expect(cards(list)).toHaveCount(3);
});
