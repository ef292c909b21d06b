// Catalogues, attributes, messages and style sheets of those who mean no good, or do not know what they do.
import { MARKUP, hostileModel } from './support/catalogue';
import { expect, test, version } from './support/test';
import { MATRIX, add, cards, events, films, frameOf, framed, heading, listen, rateFirst, ready, shown } from './support/widget';
import type { Frame, Locator, Page } from '@playwright/test';

const hacked = (place: Page | Frame) => place.evaluate(() => 'hacked' in window);

/** Elements that nothing of the widget is made of. */
const strange = (list: Locator) => list.evaluate((element) => element.shadowRoot?.querySelectorAll('img, script, iframe:not(.frame), b, object, [onerror], [onload], [onclick]').length);

test.describe('a catalogue whose titles are markup', () => {
  let model: Buffer;
  test.describe.configure({ mode: 'serial' });

  test.beforeAll(({}, info) => {
    model = hostileModel(info.outputPath('catalogue'));
  });

  test.beforeEach(async ({ page }) => {
    const headers = { 'access-control-allow-origin': '*' };
    await page.route('**/model.json', async (route) => {
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', model)).toString('hex');
      await route.fulfill({ json: { model: 'models/hostile.matinee', sha256: digest, bytes: model.length }, headers });
    });
    await page.route('**/hostile.matinee', (route) => route.fulfill({ body: model, headers }));
  });

  for (const layout of ['carousel', 'grid', 'list']) {
    test(`is shown as text: ${layout}`, async ({ page, partner }) => {
      await page.goto(partner.page('films.html'));
      const list = films(page);
      await list.evaluate((element, to) => element.setAttribute('layout', to), layout);
      await list.evaluate((element) => element.setAttribute('count', '30'));
      await list.evaluate((element) => element.setAttribute('href', '/{title}'));
      await expect(cards(list)).toHaveCount(30);
      for (const text of MARKUP.slice(0, 3)) await expect(list).toContainText(text.slice(0, 12));
      for (const key of ['5', '4', '1']) await rateFirst(list, key);
      await expect(heading(list)).toHaveText('Recommended for you');
      await list.getByRole('button', { name: 'Your ratings' }).click();
      expect(await strange(list)).toBe(0);
      expect(await hacked(page)).toBe(false);
    });
  }

  test('is text in the other elements, in templates and in frames', async ({ page, partner }) => {
    await page.goto(partner.page('bare.html'));
    const first = await add(page, 'matinee-onboarding');
    await ready(first);
    const item = (await first.locator('[data-item]').getAttribute('data-item')) ?? '';
    for (const name of ['matinee-rate', 'matinee-similar']) {
      const element = await add(page, name, { item, loading: 'eager' });
      await ready(element);
      expect(await strange(element)).toBe(0);
    }
    const list = await add(page, 'matinee-recommendations', { count: '12', loading: 'eager' });
    await ready(list);
    await list.evaluate((element) => {
      const template = document.createElement('template');
      template.slot = 'item';
      for (const name of ['title', 'facts', 'genres', 'reason', 'year', 'link']) {
        const place = document.createElement('span');
        place.dataset.matinee = name;
        template.content.append(place);
      }
      element.append(template);
      element.setAttribute('layout', 'list');
    });
    await expect(list.locator('[data-matinee="title"]').first()).not.toBeEmpty();
    expect(await strange(list)).toBe(0);
    await list.evaluate((element) => element.setAttribute('isolation', 'frame'));
    await expect(cards(framed(list))).toHaveCount(12);
    expect(await strange(framed(list))).toBe(0);
    expect(await hacked(frameOf(page))).toBe(false);
    expect(await hacked(page)).toBe(false);
  });
});

test('attributes that would run code, break out or ask for too much do nothing of it', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  await listen(page);
  const set = (name: string, value: string) => list.evaluate((element, [key, to]) => element.setAttribute(key, to), [name, value]);
  for (const href of ['javascript:window.hacked=1', ' java\tscript:window.hacked=1//{title}', 'data:text/html,<script>hacked=1</script>', 'vbscript:x', 'http://[']) {
    await set('href', href);
    await expect(list.locator('a')).toHaveCount(0);
    await cards(list).first().getByRole('button').first().click();
  }
  expect((await events(page, 'select')).map(({ detail }) => detail.href)).toEqual([null, null, null, null, null]);
  const markup = '"><img src=x onerror=window.hacked=1>';
  for (const name of ['filter', 'lang', 'layout', 'item', 'isolation', 'loading', 'count']) await set(name, markup);
  await expect(cards(list)).toHaveCount(12);
  for (const [count, films] of [['1e9', 50], ['-3', 12], ['0', 12], ['NaN', 12], ['Infinity', 50], ['3.9', 3]] as const) {
    await set('count', count);
    await expect(cards(list), count).toHaveCount(films);
  }
  const codes = (await events(page, 'error')).map(({ detail }) => detail.code);
  expect(codes).toContain('bad-filter');
  expect(await strange(list)).toBe(0);

  const rate = await add(page, 'matinee-rate', { item: markup });
  await expect(rate).toContainText('onerror');
  expect(await strange(rate)).toBe(0);
  for (const model of ['javascript:1', 'data:,x', 'http://[']) {
    await set('model', model);
    await expect(list).toHaveJSProperty('readyState', 'error');
  }
  expect(await hacked(page)).toBe(false);
});

test('the frame takes nothing from its page but what the protocol has', async ({ page, partner }) => {
  await page.goto(partner.page('frame.html'));
  const list = framed(films(page));
  await ready(films(page));
  const before = await shown(list);
  await films(page).evaluate((element, item) => {
    const frame = element.shadowRoot?.querySelector('iframe')?.contentWindow;
    const send = (data: unknown) => frame?.postMessage(data, '*');
    for (const junk of [null, 1, 'x', [], {}, { matinee: 2, kind: 'refresh' }, { matinee: 1, kind: 'constructor' }, { matinee: 1, kind: '__proto__' }]) send(junk);
    send({ matinee: 1, kind: 'rate', item, stars: 99 });
    send({ matinee: 1, kind: 'rate', item: '<b>', stars: 5 });
    send({ matinee: 1, kind: 'clear' });
    send({ matinee: 1, kind: 'watched', item, seconds: -1, runtime: 0 });
    send({ matinee: 1, kind: 'change', attributes: { onclick: 'hacked=1' }, variables: {} });
    send({ matinee: 1, kind: 'change', attributes: { href: 'javascript:window.hacked=1' }, variables: { '--matinee-ink': 'url(//elsewhere.example)' } });
    send({ matinee: 1, kind: 'change', attributes: { theme: 'https://elsewhere.example/theme.css' }, variables: {} });
    send({ matinee: 1, kind: 'hello', element: 'rate', base: 'https://elsewhere.example/', letters: 16, attributes: {}, variables: {} });
  }, MATRIX);
  // Messages keep their order, so what came before this one was heard.
  await films(page).evaluate((element) => element.setAttribute('count', '9'));
  await expect(cards(list)).toHaveCount(9);
  expect((await shown(list)).slice(0, 8)).toEqual(before);
  expect(await hacked(frameOf(page))).toBe(false);
});

test('the frame does not listen to another origin that stands beside it', async ({ page, partner, publisher }) => {
  await page.goto(partner.page('frame.html'));
  const list = framed(films(page));
  await ready(films(page));
  await page.evaluate((address) => {
    const sibling = document.createElement('iframe');
    sibling.title = 'A sibling';
    sibling.src = address;
    document.body.append(sibling);
  }, `${publisher}/widget/${version}/integrity.json`);
  const sibling = await expect.poll(() => page.frames().length).toBe(3).then(() => page.frames()[2]);
  await sibling.evaluate((item) => {
    for (let i = 0; i < parent.frames.length; i += 1) parent.frames[i].postMessage({ matinee: 1, kind: 'rate', item, stars: 1 }, '*');
    // To the page, as if it came from the frame.
    parent.postMessage({ matinee: 1, kind: 'select', item: 'x', imdb: null, tmdb: null, title: 'x', year: null, href: 'https://elsewhere.example/' }, '*');
    parent.postMessage({ matinee: 1, kind: 'size', height: 19_999 }, '*');
    parent.postMessage({ matinee: 1, kind: 'error', code: 'x', message: 'x', detail: null, lasting: true }, '*');
  }, MATRIX);
  await films(page).evaluate((element) => element.setAttribute('count', '9'));
  await expect(cards(list)).toHaveCount(9);
  await expect(heading(list)).toHaveText('Popular to start with');
  await expect(films(page)).toHaveJSProperty('readyState', 'ready');
  expect((await films(page).boundingBox())?.height).toBeLessThan(2000);
  expect(page.url()).toContain(partner.origin);
});

test('the page takes no message that it forged itself, or that has no place', async ({ page, partner }) => {
  await page.goto(partner.page('frame.html'));
  await ready(films(page));
  await listen(page);
  await page.evaluate(() => {
    postMessage({ matinee: 1, kind: 'select', item: 'x', imdb: null, tmdb: null, title: 'x', year: null, href: 'javascript:window.hacked=1' }, '*');
    postMessage({ matinee: 1, kind: 'error', code: 'x', message: 'x', detail: null, lasting: true }, '*');
  });
  // The publisher's frame itself, if somebody had it in hand.
  await frameOf(page).evaluate(() => {
    parent.postMessage({ matinee: 1, kind: 'select', item: 'x', imdb: null, tmdb: null, title: 'x', year: null, href: 'javascript:window.hacked=1' }, '*');
    parent.postMessage({ matinee: 1, kind: 'size', height: 1e9 }, '*');
    parent.postMessage({ matinee: 1, kind: 'size', height: '100px; position: fixed' }, '*');
    parent.postMessage({ matinee: 1, kind: 'rate', item: 'movielens:1', stars: 5 }, '*');
  });
  await films(page).evaluate((element) => element.setAttribute('count', '9'));
  await expect(cards(framed(films(page)))).toHaveCount(9);
  expect(await page.evaluate(() => (window as unknown as { told: unknown[] }).told)).toEqual([]);
  expect((await films(page).boundingBox())?.height).toBeLessThan(2000);
  expect(await hacked(page)).toBe(false);
});

test('style sheets that reset and hide everything leave it readable and usable', async ({ page, partner }, info) => {
  await page.goto(partner.page('hostile.html'));
  const list = films(page);
  await ready(list);
  const first = cards(list).first();
  await expect(first.getByRole('button').first()).toBeVisible();
  const letters = await heading(list).evaluate((text) => {
    const { fontSize, color, textIndent, textTransform, letterSpacing } = getComputedStyle(text);
    return { fontSize: parseFloat(fontSize), color, textIndent, textTransform, letterSpacing };
  });
  expect(letters.fontSize).toBeGreaterThanOrEqual(20);
  expect(letters).toMatchObject({ textIndent: '0px', textTransform: 'none', letterSpacing: 'normal' });
  expect(letters.color).not.toBe('rgba(0, 0, 0, 0)');
  await page.screenshot({ path: info.outputPath('hostile.png') });
  // By pointer, not by dispatching: the click has to land.
  const stars = first.getByRole('slider');
  const item = await first.getAttribute('data-item');
  const box = await stars.locator('svg').first().boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.9, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(list.locator(`[data-item="${item}"]`)).toHaveCount(0);
  await expect(page.locator('matinee-rate').getByRole('slider')).toBeVisible();
});
