// Every place that a visitor can come to: whoever adds a page adds it here, and it is checked with the others for access,
// at every size and in every colour.
import { expect, type Page } from '@playwright/test';
import { card } from './app';

export interface Place {
  /** What a failure calls it. */
  name: string;
  /** Its address. */
  hash: string;
  /** What a visitor does there first. */
  prepare?: (page: Page) => Promise<void>;
}

/** Unfolds whatever is folded. */
async function unfold(page: Page): Promise<void> {
  await page.locator('main details').evaluateAll((folded) => folded.forEach((one) => one.setAttribute('open', '')));
}

/** Goes on to the first question. */
async function asked(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'Go straight on' });
  await expect(start.or(page.getByTestId('asked'))).toBeVisible();
  if (await start.isVisible()) await start.click();
  await expect(page.getByTestId('asked')).toBeVisible();
}

export const PLACES: Place[] = [
  { name: 'home', hash: '#/' },
  { name: 'kinds of film', hash: '#/ask' },
  { name: 'a question', hash: '#/ask', prepare: asked },
  { name: 'picks', hash: '#/picks' },
  { name: 'picks, narrowed down', hash: '#/picks?genre=Drama&decade=1990', prepare: unfold },
  { name: 'search', hash: '#/search' },
  { name: 'search, with films found', hash: '#/search?q=heat' },
  { name: 'search, with nothing found', hash: '#/search?q=qqqqqqqqq' },
  { name: 'film', hash: '#/film/47' },
  { name: 'film with a long title', hash: '#/film/750' },
  { name: 'film that was rated', hash: '#/film/318' },
  { name: 'film that is not there', hash: '#/film/none' },
  { name: 'you', hash: '#/you' },
  { name: 'taste', hash: '#/taste' },
  { name: 'trends', hash: '#/trends', prepare: unfold },
  { name: 'data', hash: '#/data' },
  { name: 'together', hash: '#/together' },
  { name: 'about', hash: '#/about', prepare: unfold },
  { name: 'keys', hash: '#/keys' },
  { name: 'no such page', hash: '#/nowhere' },
];

/** Waits until nothing is loading, nothing is on its way, and the page stands as it will be read. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
  await expect(page.locator('#main .skeleton, [data-testid="loading"], [data-testid="curtain"]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const over = (animation: Animation) => animation.finished.catch(() => undefined);
    await Promise.all(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(over));
  });
}

/** Goes to a place and waits until it stands. */
export async function visit(page: Page, place: Place): Promise<void> {
  await page.goto(place.hash);
  await settled(page);
  await place.prepare?.(page);
}

/** Ratings and marks as an earlier visit would have left them, without the minutes of giving them. */
export async function knownVisitor(page: Page): Promise<void> {
  await page.goto('');
  await expect(page.getByTestId('film-card').first()).toBeVisible();
  for (const [id, keys] of [['318', '5'], ['296', '4'], ['2571', '5'], ['356', '2'], ['50', '4']]) {
    await page.goto(`#/film/${id}`);
    const stars = page.getByTestId('film').getByTestId('stars').first();
    await stars.press(keys);
    await expect(page.getByTestId('saved')).toHaveText('Saved on this device.');
  }
  await page.goto('#/film/527');
  await page.getByTestId('film').getByTestId('watchlist').click();
  await page.goto('#/film/1');
  await page.getByTestId('film').getByTestId('not-for-me').first().click();
  await expect(page.getByTestId('saved')).toHaveText('Saved on this device.');
  await page.goto('#/');
  await expect(page.getByTestId('shelf').first()).toBeVisible();
  await expect(card(page, 'movielens:1')).toHaveCount(0);
}
