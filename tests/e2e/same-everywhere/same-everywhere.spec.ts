// The browser and the command-line tool agree to the last place.
import fs from 'node:fs';
import { expect, test } from '@playwright/test';
import { FIVE, modelFile, rateFive, run } from '../support/app';

test('the page lists the hundred films that `matinee recommend` prints, in the same order', async ({ page }, info) => {
  await rateFive(page);
  const kernel = info.project.name === 'without-vectors' ? 'scalar' : 'relaxed-simd';
  await expect(page.locator('html')).toHaveAttribute('data-kernel', kernel);
  await page.goto('#/picks');
  const rows = page.getByTestId('picks').getByTestId('film-row');
  await expect(rows).toHaveCount(100);
  const shown = await rows.evaluateAll((films) => films.map((film) => film.getAttribute('data-item')));

  const ratings = info.outputPath('ratings.csv');
  const lines = FIVE.map(([id, stars]) => `me,${id},${stars},0`);
  fs.writeFileSync(ratings, ['userId,movieId,rating,timestamp', ...lines, ''].join('\n'));
  const table = run('recommend', '--model', modelFile(), '--ratings', ratings, '--top', '100');
  const printed = table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => `movielens:${line.split(',')[1]}`);
  expect(printed).toHaveLength(100);
  expect(shown).toEqual(printed);
});
