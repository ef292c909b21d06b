// The page in each language: chosen by the visitor or by their browser, with its plurals, dates and numbers.
import { type Page, expect, test } from '@playwright/test';
import { FIVE, dist, filmStars } from '../support/app';
import { freePort, serve, stop } from '../support/server';

interface Language {
  tag: string;
  name: string;
  dir: 'ltr' | 'rtl';
  /** Heading of a first visit. */
  first: string;
  /** Of Pulp Fiction. */
  genre: string;
  /** After one, two and three ratings. */
  plurals: [RegExp, RegExp, RegExp];
  /** The days between which the ratings were given. */
  dates: RegExp;
  /** A number of ratings in the tens of millions. */
  number: RegExp;
}

const LANGUAGES: Language[] = [
  {
    tag: 'es',
    name: 'Español',
    dir: 'ltr',
    first: 'Puntúa cinco películas que conozcas',
    genre: 'Crimen',
    plurals: [/de la película que has/, /de las 2 películas que has/, /de las 3 películas/],
    dates: /\d+ de [a-z]+ de \d{4} y \d+ de [a-z]+ de \d{4}/,
    number: /\d{1,3}(\.\d{3})+ puntuaciones/,
  },
  {
    tag: 'fr',
    name: 'Français',
    dir: 'ltr',
    first: 'Note cinq films que tu connais',
    genre: 'Policier',
    plurals: [/le film que tu as noté/, /les 2 films que tu as notés/, /les 3 films/],
    dates: /\d+ [a-zûé]+ \d{4} et \d+ [a-zûé]+ \d{4}/,
    number: /\d{1,3}(\u202f\d{3})+ notes/,
  },
  {
    tag: 'de',
    name: 'Deutsch',
    dir: 'ltr',
    first: 'Bewerte fünf Filme, die du kennst',
    genre: 'Krimi',
    plurals: [/dem Film, den du bewertet/, /den 2 Filmen, die/, /den 3 Filmen/],
    dates: /\d+\. [A-Za-zä]+ \d{4} und \d+\. [A-Za-zä]+ \d{4}/,
    number: /\d{1,3}(\.\d{3})+ Bewertungen/,
  },
  {
    tag: 'ar',
    name: 'العربية',
    dir: 'rtl',
    first: 'قيّم خمسة أفلام تعرفها',
    genre: 'جريمة',
    plurals: [/الفيلم الذي قيّمته/, /الفيلمين اللذين قيّمتهما/, /3 أفلام قيّمتها/],
    dates: /\d+ \p{Script=Arabic}+ \d{4} و\d+ \p{Script=Arabic}+ \d{4}/u,
    number: /\d{1,3}(,\d{3})+/,
  },
];

async function choose(page: Page, name: string): Promise<void> {
  await page.getByTestId('language').selectOption({ label: name });
}

/** Gives a film stars, whatever the page calls it. */
async function rate(page: Page, id: string, stars: number): Promise<void> {
  await page.goto(`#/film/${id}`);
  await filmStars(page).focus();
  await filmStars(page).press(String(Math.floor(stars)));
  await expect(filmStars(page)).toHaveAttribute('data-value', String(Math.floor(stars) * 2));
}

for (const language of LANGUAGES) {
  test(`${language.name}: chosen once, all is in it, visit after visit`, async ({ page }) => {
    await page.goto('');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rate five films you know');
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await choose(page, language.name);

    const html = page.locator('html');
    await expect(html).toHaveAttribute('lang', language.tag);
    await expect(html).toHaveAttribute('dir', language.dir);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(language.first);
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await expect(page.getByTestId('language')).toHaveValue(language.tag);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, 'no scrolling sideways').toBeLessThanOrEqual(0);

    await page.goto('#/film/296');
    await expect(page.getByTestId('film')).toContainText(language.genre);
    for (const [i, words] of language.plurals.entries()) {
      await rate(page, FIVE[i][0], FIVE[i][1]);
      await page.goto('#/picks');
      await expect(page.getByRole('main')).toContainText(words);
    }
    await page.goto('#/about');
    await expect(page.getByTestId('model-card')).toContainText(language.dates);
    await expect(page.getByTestId('model-card')).toContainText(language.number);

    await page.reload();
    await expect(html).toHaveAttribute('lang', language.tag);
    await choose(page, 'English');
    await expect(html).toHaveAttribute('lang', 'en');
    await expect(html).toHaveAttribute('dir', 'ltr');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('About');
  });
}

test('English visitors download no catalogue of another language', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('');
  await expect(page.getByTestId('film-card').first()).toBeVisible();
  await page.goto('#/about');
  await expect(page.getByTestId('model-card')).toBeVisible();
  expect(asked.filter((url) => url.includes('locales'))).toEqual([]);
});

test('a catalogue that does not come leaves the page in English, with all ratings', async ({ page }) => {
  await page.goto('');
  await rate(page, '318', 5);
  await page.route('**/locales/**', (route) => route.abort());
  await choose(page, 'Deutsch');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(filmStars(page)).toHaveAttribute('data-value', '10');
  await expect(page.getByRole('navigation', { name: 'Main' })).toContainText('Search');
  await page.unroute('**/locales/**');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(filmStars(page)).toHaveAttribute('data-value', '10');
});

test.describe('a browser in Arabic', () => {
  test.use({ locale: 'ar-EG' });

  test('its first page is Arabic before the app has come, and nothing moves when it does', async ({ page }) => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/*_bg.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('');
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(LANGUAGES[3].first);
    await expect(heading).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    const before = await heading.boundingBox();
    go();
    await expect(page.getByTestId('film-card').first()).toBeVisible();
    await expect(heading).toHaveText(LANGUAGES[3].first);
    expect(await heading.boundingBox()).toEqual(before);
  });

  test('stars are read, pointed at and counted from the right', async ({ page }) => {
    await page.goto('#/film/296');
    const stars = filmStars(page);
    await stars.focus();
    await stars.press('2');
    await stars.press('ArrowLeft');
    await expect(stars).toHaveAttribute('data-value', '5');
    await stars.press('ArrowRight');
    await expect(stars).toHaveAttribute('data-value', '4');
    const bar = (await stars.locator('.stars__bar').boundingBox())!;
    await page.mouse.click(bar.x + bar.width * 0.98, bar.y + bar.height / 2);
    await expect(stars).toHaveAttribute('data-value', '1');
    await page.mouse.click(bar.x + bar.width * 0.02, bar.y + bar.height / 2);
    await expect(stars).toHaveAttribute('data-value', '10');
  });
});

test.describe('with the site kept on the device', () => {
  test.use({
    serviceWorkers: 'allow',
    locale: 'de-AT',
    // A server of its own, to be stopped.
    baseURL: async ({}, use) => use(`http://127.0.0.1:${await freePort()}/`),
  });

  test('a language that was read works without a network, and no other is kept', async ({ page, baseURL }) => {
    const server = await serve(dist, baseURL!);
    try {
      await page.goto('');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(LANGUAGES[2].first);
      const kept = () =>
        page.evaluate(async () => {
          const names = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
          return names.flat().flatMap(({ url }) => url.match(/locales\/(\w+)\./)?.[1] ?? []);
        });
      await expect.poll(kept).toEqual(['de']);
      await stop(server);
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(LANGUAGES[2].first);
      await expect(page.getByTestId('film-card').first()).toBeVisible();
    } finally {
      await stop(server);
    }
  });
});
