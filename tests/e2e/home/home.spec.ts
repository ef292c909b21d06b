import { expect, test, type Page } from '@playwright/test';
import { FIVE, rate, rateFive } from '../support/app';

const shelf = (page: Page, name: string) => page.locator(`[data-shelf="${name}"]`);

/** Five more, so that there is something to favour. */
const MORE: [string, number][] = [
  ['593', 5],
  ['47', 4.5],
  ['608', 4.5],
  ['1089', 4],
  ['364', 2],
];

async function rateTen(page: Page): Promise<void> {
  for (const [id, stars] of [...FIVE, ...MORE]) {
    await rate(page, id, stars);
  }
}

test('every row says why, and no film stands twice or was dealt with', async ({ page }) => {
  await rateTen(page);
  await page.goto('#/');
  await expect(shelf(page, 'newest')).toContainText(/From \d{4} or later/);
  await expect(shelf(page, 'genre')).toContainText(/of the 8 films you gave four stars or more/);
  await expect(shelf(page, 'outside')).toContainText('you haven’t rated any');
  const shown = await page
    .getByTestId('film-card')
    .evaluateAll((films) => films.map((film) => film.getAttribute('data-item')));
  expect(shown.length).toBeGreaterThan(100);
  expect(new Set(shown).size).toBe(shown.length);
  for (const [id] of [...FIVE, ...MORE]) {
    expect(shown).not.toContain(`movielens:${id}`);
  }
  for (const reason of await page.locator('.shelf').evaluateAll((rows) => rows.map((row) => row.querySelector('.shelf__reason')?.textContent))) {
    expect(reason).toBeTruthy();
  }

  // A row outside the bubble is of the genre that it names.
  const genre = ((await shelf(page, 'outside').locator('.shelf__reason').textContent()) ?? '').split(':')[0];
  const first = await shelf(page, 'outside').getByTestId('film-card').first().getAttribute('data-item');
  const firstNew = await shelf(page, 'newest').getByTestId('film-card').first().locator('.card__meta').textContent();
  const from = Number(/From (\d{4})/.exec((await shelf(page, 'newest').textContent()) ?? '')![1]);
  expect(Number(firstNew!.slice(0, 4))).toBeGreaterThanOrEqual(from);
  await page.goto(`#/film/${first!.split(':')[1]}`);
  await expect(page.locator('.film__meta')).toContainText(genre);
});

test('cards say which stars are likely, and between what; those that ask for some do not', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/');
  const top = shelf(page, 'top').getByTestId('film-card').first();
  await expect(top.getByTestId('expected')).toContainText(/Likely \d\.\d stars from you, between \d\.\d and \d\.\d/);
  await expect(shelf(page, 'ask').getByTestId('film-card').first()).toBeAttached();
  await expect(shelf(page, 'ask').getByTestId('expected')).toHaveCount(0);
});

test('filters combine on the first page, stand in the address, survive a reload, and are cleared', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/');
  await page.getByTestId('filters').locator('summary').click();
  await page.getByRole('button', { name: 'Horror' }).click();
  await page.getByRole('combobox', { name: 'Decade' }).selectOption('1980');
  await expect(page).toHaveURL(/#\/\?genre=Horror&decade=1980$/);
  await expect(page.getByTestId('filters-on')).toHaveText('2 filters on');
  const facts = () => page.getByTestId('narrowed').locator('.card__meta').allTextContents();
  await expect.poll(async () => (await facts()).length).toBeGreaterThan(10);
  expect((await facts()).every((fact) => fact.startsWith('198'))).toBe(true);

  await page.reload();
  await expect(page.getByTestId('filters-on')).toHaveText('2 filters on');
  await expect.poll(async () => (await facts()).length).toBeGreaterThan(10);
  expect((await facts()).every((fact) => fact.startsWith('198'))).toBe(true);

  await page.getByTestId('clear').click();
  await expect(page).toHaveURL(/#\/$/);
  await expect(shelf(page, 'ask')).toBeAttached();
});

test('films seen come only when they are asked for, in a row of their own', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/?decade=1990');
  await expect(shelf(page, 'top')).toBeVisible();
  await expect(shelf(page, 'seen')).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Only films I haven’t seen' }).uncheck();
  await expect(page).toHaveURL(/seen=too/);
  await expect(shelf(page, 'seen').getByTestId('film-card')).toHaveCount(4);
});

test('filters that leave nothing say so, with a way out', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/?genre=Western&year=1899');
  await expect(page.getByTestId('none')).toContainText('Nothing fits all of that');
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  await expect(shelf(page, 'top')).toBeVisible();
});

test('who comes back with few ratings is asked one question, and only one', async ({ page, context }) => {
  await rateFive(page);
  await page.goto('#/');
  await expect(page.getByTestId('known')).toBeVisible();
  await page.close();
  const back = await context.newPage();
  await back.goto('');
  const question = back.getByTestId('question');
  await expect(question).toContainText('One question');
  const film = (await question.getAttribute('data-item'))!;
  await question.getByRole('button', { name: 'Haven’t seen it' }).click();
  await expect(question).toContainText('Noted');
  await back.reload();
  await expect(shelf(back, 'ask')).toBeAttached();
  await expect(question).toHaveCount(0);
  await back.close();

  // The next visit asks about another film, and takes no for an answer.
  const again = await context.newPage();
  await again.goto('');
  await expect(again.getByTestId('question')).toBeVisible();
  await expect(again.getByTestId('question')).not.toHaveAttribute('data-item', film);
  await again.getByRole('button', { name: 'Not now' }).click();
  await expect(again.getByTestId('question')).toHaveCount(0);
  await again.reload();
  await expect(shelf(again, 'ask')).toBeAttached();
  await expect(again.getByTestId('question')).toHaveCount(0);
});

test('the first page does not scroll sideways', async ({ page }) => {
  await rateFive(page);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const place of ['#/', '#/?genre=Horror', '#/ask']) {
    await page.goto(place);
    await expect(page.locator('[data-testid="film-card"], [data-testid="asked"]').first()).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, place).toBeLessThanOrEqual(0);
  }
});
