// Every journey here runs under the strictest policy; these are about the policy itself, and about what is pinned by a hash.
import fs from 'node:fs';
import path from 'node:path';
import { expect, site, test, version } from './support/test';
import { MATRIX, add, cards, films, framed, rateFirst, ready } from './support/widget';

const integrity = () => JSON.parse(fs.readFileSync(path.join(site, 'widget', version, 'integrity.json'), 'utf8'));

test('nothing of any element is against a strict policy', async ({ page, partner }) => {
  const answer = await page.goto(partner.page('four.html'));
  expect(answer?.headers()['content-security-policy']).toContain("require-trusted-types-for 'script'");
  for (const name of ['matinee-rate', 'matinee-onboarding', 'matinee-similar', 'matinee-recommendations']) {
    await page.locator(name).scrollIntoViewIfNeeded();
    await ready(page.locator(name));
  }
  const list = films(page);
  await rateFirst(list, '5');
  await list.getByRole('button', { name: 'Your ratings' }).click();
  for (const [name, value] of [['layout', 'carousel'], ['theme', new URL('theme.css', page.url()).href], ['lang', 'ar'], ['isolation', 'frame']]) {
    await list.evaluate((element, [attribute, to]) => element.setAttribute(attribute, to), [name, value]);
    await ready(list);
  }
  // What is against the policy is a fault, and a journey ends with none.
});

test('a page that only has frames needs to allow neither connections nor WebAssembly', async ({ page, partner }) => {
  const answer = await page.goto(partner.page('frame.html'));
  expect(answer?.headers()['content-security-policy']).not.toContain('wasm');
  expect(answer?.headers()['content-security-policy']).not.toContain('connect-src');
  await expect(cards(framed(films(page)))).toHaveCount(8);
});

test('a version with its hash loads', async ({ page, partner }) => {
  await page.goto(partner.page('integrity.html', { version, integrity: integrity()['matinee.js'] }));
  await expect(cards(films(page))).toHaveCount(8);
});

test('every hash is that of its file', async ({ publisher }) => {
  for (const [name, hash] of Object.entries<string>(integrity())) {
    const answer = await fetch(`${publisher}/widget/${version}/${name}`);
    const digest = await crypto.subtle.digest('SHA-384', await answer.arrayBuffer());
    expect(`sha384-${Buffer.from(digest).toString('base64')}`, name).toBe(hash);
  }
});

test('a loader that is not what its hash says is not run, and the page’s own words stay', async ({ page, partner, faults }) => {
  await page.goto(partner.page('integrity.html', { version, integrity: integrity()['core.js'] }));
  await expect.poll(() => faults.join()).toContain('integrity');
  faults.length = 0;
  await expect(page.getByText('Films, when they are there.')).toBeVisible();
  expect(await page.evaluate(() => customElements.get('matinee-recommendations') === undefined)).toBe(true);
});

test('the page gets no globals, no style sheets and no elements but its own', async ({ page, partner }) => {
  await page.goto(partner.page('bare.html'));
  const look = () =>
    page.evaluate(() => ({
      globals: Object.keys(window).sort(),
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      nodes: document.querySelectorAll('*:not(main *)').length,
    }));
  const before = await look();
  const rate = await add(page, 'matinee-rate', { item: MATRIX });
  await ready(rate);
  expect(await look()).toEqual(before);
});
