import { expect, test, type Page } from '@playwright/test';
import { rateFive } from '../support/app';

const asked = (page: Page) => page.getByTestId('asked');

/** The film that is asked about. */
async function item(page: Page): Promise<string> {
  return (await asked(page).getAttribute('data-item'))!;
}

/** Does something and waits for the next question. */
async function answer(page: Page, act: () => Promise<void>): Promise<string> {
  const film = await item(page);
  await act();
  await expect(asked(page)).not.toHaveAttribute('data-item', film);
  return film;
}

test('somebody new picks kinds, answers by keyboard, and leaves with recommendations', async ({ page }) => {
  await page.goto('');
  await page.getByRole('link', { name: 'One film at a time' }).click();
  await page.getByRole('button', { name: 'Horror' }).click();
  await expect(page.getByRole('button', { name: 'Horror' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Ask me about this kind' }).click();

  // The kind that was picked decides what is asked first.
  await expect(asked(page)).toContainText('Horror');
  await expect(page.getByTestId('meter')).toHaveAttribute('aria-valuenow', '0');
  const rated: string[] = [];
  for (const key of ['5', '4', '2', '5', '4']) {
    rated.push(await answer(page, () => page.keyboard.press(key)));
  }
  const meter = page.getByRole('meter', { name: 'How well Matinee knows your taste' });
  expect(Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
  await expect(page.locator('[data-shelf="so-far"]').getByTestId('film-card').first()).toBeVisible();

  await page.getByRole('link', { name: 'See your films' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tonight’s programme');
  await expect(page.locator('[data-shelf="top"]').getByTestId('film-card').nth(5)).toBeAttached();
  await page.goto('#/you');
  for (const film of rated) {
    await expect(page.getByTestId('rated').locator(`[data-item="${film}"]`)).toBeVisible();
  }
});

test('an answer is taken back, and the film asked about again', async ({ page }) => {
  await page.goto('#/ask');
  await page.getByRole('button', { name: 'Go straight on' }).click();
  await expect(asked(page)).toBeVisible();
  const film = await answer(page, () => page.keyboard.press('4'));
  await expect(page.getByText(/: 4\s★\. Saved\./)).toBeVisible();
  await page.getByTestId('undo-answer').click();
  await expect(asked(page)).toHaveAttribute('data-item', film);
  await page.reload();
  await page.goto('#/you');
  await expect(page.getByTestId('empty')).toBeVisible();
});

test('stars that wait when another answer is given rate nothing', async ({ page }) => {
  await page.goto('#/ask');
  await page.getByRole('button', { name: 'Go straight on' }).click();
  await expect(asked(page)).toBeVisible();
  const first = await answer(page, async () => {
    const stars = asked(page).getByRole('slider');
    await stars.press('End');
    await expect(stars).toHaveAttribute('aria-valuenow', '5');
    await asked(page).getByRole('button', { name: 'Haven’t seen it' }).click();
  });
  const second = await item(page);
  // Longer than stars wait: something else has to take its time, and that is the next rating.
  await asked(page).getByRole('slider').press('ArrowRight');
  await expect(asked(page)).not.toHaveAttribute('data-item', second);
  await page.goto('#/you');
  const rows = page.getByTestId('rated').getByTestId('film-row');
  await expect(rows).toHaveCount(1);
  await expect(rows).toHaveAttribute('data-item', second);
  expect(first).not.toBe(second);
});

test('a film not seen is not asked about again, on this visit or the next', async ({ page }) => {
  await page.goto('#/ask');
  await page.getByRole('button', { name: 'Go straight on' }).click();
  const film = await answer(page, () => asked(page).getByRole('button', { name: 'Haven’t seen it' }).click());
  await expect(page.getByText('not seen.')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Go straight on' }).click();
  await expect(asked(page)).toBeVisible();
  await expect(asked(page)).not.toHaveAttribute('data-item', film);
  await page.goto('');
  await expect(page.getByTestId('film-card').nth(11)).toBeVisible();
  await expect(page.locator(`[data-item="${film}"]`)).toHaveCount(0);
});

test('"skip" says nothing of a film, and "not for me" hides it', async ({ page }) => {
  await page.goto('#/ask');
  await page.getByRole('button', { name: 'Go straight on' }).click();
  await expect(asked(page)).toBeVisible();
  await answer(page, () => asked(page).getByRole('button', { name: 'Skip' }).click());
  const hidden = await answer(page, () => asked(page).getByRole('button', { name: 'Not for me' }).click());
  await page.goto('#/you');
  await expect(page.getByTestId('hidden').getByTestId('film-row')).toHaveCount(1);
  await expect(page.getByTestId('hidden').locator(`[data-item="${hidden}"]`)).toBeVisible();
});

test('who has rated enough is asked at once', async ({ page }) => {
  await rateFive(page);
  await page.goto('#/ask');
  await expect(asked(page)).toBeVisible();
  await expect(page.getByTestId('kinds')).toHaveCount(0);
});
