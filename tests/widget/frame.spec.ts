// isolation="frame": the same films, and nothing of the visitor's for the page to read.
import { expect, test } from './support/test';
import { MATRIX, cards, events, films, frameOf, framed, heading, kept, listen, rateFirst, rateFive, ready, reasons, shown } from './support/widget';

test.describe('in a browser with a profile', () => {
  test.use({ profile: true });

  test('five ratings make the list personal and are kept, where the page cannot read them', async ({ page, partner }) => {
    await page.goto(partner.page('frame.html'));
    await listen(page);
    const list = framed(films(page));
    await expect(heading(list)).toHaveText('Popular to start with');
    await expect(list.locator('[part="foot"]')).toContainText('stay in this browser');
    await rateFive(list);
    await expect(heading(list)).toHaveText('Recommended for you');
    await expect(reasons(list).first()).toContainText('Because you');

    const seen = await films(page).evaluate((element: HTMLElement & { films: unknown[]; recommender: unknown }) => ({
      films: element.films,
      recommender: element.recommender,
      text: element.shadowRoot?.textContent?.includes('Because'),
      inside: (element.shadowRoot?.querySelector('iframe') as HTMLIFrameElement).contentDocument,
    }));
    expect(seen).toEqual({ films: [], recommender: null, text: false, inside: null });
    expect(await events(page, 'rate')).toEqual([]);
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);

    await page.reload();
    await expect(heading(list)).toHaveText('Recommended for you');
    expect(await frameOf(page).evaluate(kept)).toHaveLength(5);
  });
});

test('in a private window, where frames are refused their storage, it works for the visit and says so', async ({ page, partner }) => {
  await page.goto(partner.page('frame.html'));
  const list = framed(films(page));
  await expect(list.locator('[part="foot"]')).toContainText('ratings last for this visit');
  await rateFive(list);
  await expect(heading(list)).toHaveText('Recommended for you');
});

test('a chosen film is told to the page, which may take the click', async ({ page, partner }) => {
  await page.goto(partner.page('frame.html'));
  await listen(page);
  const list = framed(films(page));
  const first = cards(list).first().getByRole('link');
  await expect(first).toHaveAttribute('href', /^http:\/\/localhost:\d+\/films\/tt\d+$/);
  await films(page).evaluate((element) => element.addEventListener('select', (event) => event.preventDefault(), { once: true }));
  await first.click();
  await expect.poll(() => events(page, 'select')).toHaveLength(1);
  const [{ detail }] = await events(page, 'select');
  expect(detail).toEqual({
    item: expect.stringMatching(/^movielens:/),
    imdb: expect.stringMatching(/^tt\d+$/),
    tmdb: expect.any(Number),
    title: expect.any(String),
    year: expect.any(Number),
    href: expect.any(String),
  });
  expect(page.url()).toContain('frame.html');

  await page.route('**/films/*', (route) => route.fulfill({ contentType: 'text/html', body: '<title>A film</title>' }));
  await first.click();
  await page.waitForURL(detail.href);
});

test('the frame is as high as what it shows, and hears of theme, language and count at once', async ({ page, partner }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(partner.page('frame.html'));
  const element = films(page);
  const list = framed(element);
  await ready(element);
  const heights = async () => [
    await element.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().height),
    await list.evaluate((inner) => Math.ceil(inner.getBoundingClientRect().height)),
  ];
  const fits = () => expect.poll(async () => (await heights()).reduce((a, b) => Math.abs(a - b))).toBeLessThanOrEqual(1);
  await fits();
  const [before] = await heights();

  await element.evaluate((host) => host.setAttribute('layout', 'grid'));
  await element.evaluate((host) => host.setAttribute('count', '24'));
  await expect(cards(list)).toHaveCount(24);
  await expect.poll(async () => (await heights())[0]).toBeGreaterThan(before * 2);
  await fits();

  const ink = () => heading(list).evaluate((text) => getComputedStyle(text).color);
  const light = await ink();
  await element.evaluate((host) => host.setAttribute('theme', 'dark'));
  await expect.poll(ink).not.toBe(light);
  await element.evaluate((host) => host.setAttribute('lang', 'de'));
  await expect(heading(list)).toHaveText('Beliebtes für den Anfang');
  await expect(element.locator('iframe')).toHaveAttribute('title', 'Beliebtes für den Anfang');
});

test('the page may rate and report watching, and is told nothing back', async ({ page, partner }) => {
  await page.goto(partner.page('frame.html'));
  await listen(page);
  const list = framed(films(page));
  await ready(films(page));
  const answer = await films(page).evaluate((element: HTMLElement & { rate(item: string, stars: number): Promise<unknown> }, item) => element.rate(item, 5), MATRIX);
  expect(answer ?? null).toBeNull();
  await expect(heading(list)).toHaveText('Recommended for you');
  expect(await shown(list)).not.toContain('movielens:2571');
  expect(await events(page, 'rate')).toEqual([]);
  expect(await events(page, 'error')).toEqual([]);
});

test('styles of the page reach into the frame by the variables alone', async ({ page, partner }) => {
  await page.goto(partner.page('frame.html'));
  await ready(films(page));
  await films(page).evaluate((element) => {
    element.style.setProperty('--matinee-ink', 'rgb(10, 20, 30)');
    element.style.setProperty('--matinee-star', 'url(https://elsewhere.example/seen)');
    element.setAttribute('theme', 'light');
  });
  const list = framed(films(page));
  await expect(heading(list)).toHaveCSS('color', 'rgb(10, 20, 30)');
  const star = await list.evaluate((inner) => getComputedStyle(inner).getPropertyValue('--matinee-star'));
  expect(star).toBe('');
  await rateFirst(list, '4');
});
