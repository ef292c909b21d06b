// What a partner's player tells: films that were left early count against what is like them, those watched whole for it.
import { expect, test } from './support/test';
import { MATRIX, add, cards, events, films, heading, listen, ready } from './support/widget';
import type { Locator } from '@playwright/test';

const RUNTIME = 8160;

interface Element extends HTMLElement {
  recommender: {
    recommend(options: object): { key: string; score: number }[];
    similar(item: string, options: object): { key: string }[];
    rating(item: string): { watched: { seconds: number } | null; stars: number | null } | null;
  };
  watched(sitting: object): Promise<unknown>;
  rate(item: string, stars: number): Promise<unknown>;
}

/** How many of the twenty films most like The Matrix are among the first sixty for this visitor. */
const alike = (list: Locator) =>
  list.evaluate((element: Element, item) => {
    const like = new Set(element.recommender.similar(item, { count: 20 }).map(({ key }) => key));
    return element.recommender.recommend({ count: 60 }).filter(({ key }) => like.has(key)).length;
  }, MATRIX);

const sit = (list: Locator, seconds: number) =>
  list.evaluate((element: Element, sitting) => element.watched(sitting), { item: MATRIX, seconds, runtime: RUNTIME });

test('leaving after a few minutes lowers what is like it, and watching whole raises it', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  // Somebody with tastes of another kind.
  for (const item of ['movielens:527', 'movielens:356']) await list.evaluate((element: Element, one) => element.rate(one, 4), item);
  const before = await alike(list);
  await sit(list, 300);
  await expect(heading(list)).toHaveText('Recommended for you');
  const left = await alike(list);
  await sit(list, RUNTIME - 300);
  const whole = await alike(list);
  expect(left).toBeLessThan(before);
  expect(whole).toBeGreaterThan(before);
});

test('sittings add up to the runtime, and a film that was watched is no longer recommended', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  const first = (await cards(list).first().getAttribute('data-item')) ?? '';
  const tell = (seconds: number) => list.evaluate((element: Element, sitting) => element.watched(sitting), { item: first, seconds, runtime: 6000 });
  for (const seconds of [3000, 2500, 2500]) await tell(seconds);
  const watched = await list.evaluate((element: Element, item) => element.recommender.rating(item)?.watched, first);
  expect(watched).toMatchObject({ seconds: 6000 });
  await expect(list.locator(`[data-item="${first}"]`)).toHaveCount(0);
});

test('a player that knows no element tells the document, and is heard once', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  await add(page, 'matinee-rate', { item: MATRIX });
  await ready(films(page));
  const seconds = () => films(page).evaluate((element: Element, item) => element.recommender.rating(item)?.watched?.seconds, MATRIX);
  const dispatch = (where: string) =>
    page.evaluate(
      ([selector, item]) => {
        const detail = { item, seconds: 600, runtime: 8160 };
        (selector ? document.querySelector(selector) : document)?.dispatchEvent(new CustomEvent('matinee-watched', { detail, bubbles: true }));
      },
      [where, MATRIX],
    );
  await dispatch('');
  await expect.poll(seconds).toBe(600);
  await dispatch('matinee-rate');
  await expect.poll(seconds).toBe(1200);
  await dispatch('main');
  await expect.poll(seconds).toBe(1800);
});

test('what makes no sense is told of and changes nothing', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  await listen(page);
  for (const sitting of [{}, { item: MATRIX }, { item: MATRIX, seconds: -5, runtime: RUNTIME }, { item: MATRIX, seconds: 'x', runtime: NaN }, null]) {
    await list.evaluate((element: Element, told) => element.watched(told as object), sitting);
  }
  expect((await events(page, 'error')).length).toBe(5);
  await expect(heading(list)).toHaveText('Popular to start with');
});
