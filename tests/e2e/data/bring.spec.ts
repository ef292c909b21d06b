// Ratings from other services: read in the browser, looked at before anything is written, and taken back whole.
import { expect, test, type Page } from '@playwright/test';
import { zip } from '../support/zip';

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

function file(name: string, content: string | Buffer): Given {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

async function bring(page: Page, ...files: Given[]): Promise<void> {
  await page.goto('#/data');
  await page.getByLabel('Choose files').setInputFiles(files);
  await expect(page.getByTestId('preview')).toBeVisible();
}

/** New, changed, the same and older, of the films of one kind. */
async function counts(page: Page, kind: string): Promise<string[]> {
  return page.getByTestId('counts').getByRole('row').filter({ hasText: kind }).getByRole('cell').allTextContents();
}

async function accept(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await expect(page.getByTestId('kept')).toHaveText('Saved on this device.');
}

const LETTERBOXD = zip({
  'letterboxd-ann/ratings.csv':
    'Date,Name,Year,Letterboxd URI,Rating\n2024-03-01,The Matrix,1999,https://boxd.it/a,4.5\n2024-03-02,Fargo,1996,https://boxd.it/b,5\n',
  'letterboxd-ann/watched.csv':
    'Date,Name,Year,Letterboxd URI\n2024-03-01,The Matrix,1999,https://boxd.it/a\n2024-03-03,Pulp Fiction,1994,https://boxd.it/c\n',
  'letterboxd-ann/watchlist.csv': 'Date,Name,Year,Letterboxd URI\n2024-03-04,Toy Story,1995,https://boxd.it/d\n',
  'letterboxd-ann/profile.csv': 'Username\nann\n',
});

const IMDB =
  'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n' +
  'tt0133093,9,2024-05-01,The Matrix,The Matrix,u,Movie,8.7,136,1999,Sci-Fi,1,1999-03-31,A\n' +
  'tt9999991,8,2024-05-02,A Film Nobody Knows,A Film Nobody Knows,u,Movie,8.7,136,1991,Drama,1,1991-03-31,A\n' +
  'tt0903747,10,2024-05-03,Breaking Bad,Breaking Bad,u,TV Series,9.5,49,2008,Crime,1,2008-01-20,B\n' +
  'tt0114709,eleven,2024-05-04,Toy Story,Toy Story,u,Movie,8.3,81,1995,Animation,1,1995-11-22,C\n';

test('a Letterboxd export comes in as it is, twice changes nothing, and it can be taken back', async ({ page }) => {
  await bring(page, file('letterboxd-ann.zip', LETTERBOXD));
  await expect(page.getByTestId('source')).toContainText('Letterboxd');
  expect(await counts(page, 'With stars')).toEqual(['2', '0', '0', '0']);
  expect(await counts(page, 'Seen, without stars')).toEqual(['1', '0', '0', '0']);
  expect(await counts(page, 'Watchlist')).toEqual(['1', '0', '0', '0']);
  await page.goto('#/you');
  await expect(page.getByText('No ratings yet')).toBeVisible();

  await bring(page, file('letterboxd-ann.zip', LETTERBOXD));
  await accept(page);
  await page.reload();
  await bring(page, file('letterboxd-ann.zip', LETTERBOXD));
  await expect(page.getByTestId('sum')).toHaveText('Everything in it is here already. There is nothing to bring in.');
  await page.getByRole('button', { name: 'Choose other files' }).click();
  await page.goto('#/you');
  const rated = page.getByTestId('rated');
  await expect(rated.getByTestId('film-row')).toHaveCount(2);
  await expect(rated.locator('[data-item="movielens:2571"]').getByTestId('stars')).toHaveAttribute('aria-valuenow', '4.5');
  await expect(page.getByTestId('watchlist').getByTestId('film-row')).toHaveCount(1);
  await expect(page.getByTestId('seen').getByTestId('film-row')).toHaveCount(1);
});

test('the whole import is taken back, and what was there before is there again', async ({ page }) => {
  await bring(page, file('ratings.csv', 'Date,Name,Year,Letterboxd URI,Rating\n2024-03-01,The Matrix,1999,https://boxd.it/a,2\n'));
  await accept(page);
  await page.getByRole('button', { name: 'Bring in other files' }).click();
  await bring(page, file('letterboxd-ann.zip', LETTERBOXD), file('imdb.csv', IMDB));
  expect(await counts(page, 'With stars')).toEqual(['1', '1', '0', '0']);
  await accept(page);
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await expect(page.getByTestId('undone')).toContainText('Taken back');
  await page.goto('#/you');
  const rated = page.getByTestId('rated');
  await expect(rated.getByTestId('film-row')).toHaveCount(1);
  await expect(rated.getByTestId('stars')).toHaveAttribute('aria-valuenow', '2');
  await page.reload();
  await expect(page.getByTestId('rated').getByTestId('film-row')).toHaveCount(1);
  await expect(page.getByTestId('watchlist')).toHaveCount(0);
});

test('every row that is not used is named, and one is matched by hand', async ({ page }) => {
  await bring(page, file('imdb.csv', IMDB));
  await expect(page.getByTestId('source')).toContainText('Marks from 1 to 10');
  expect(await counts(page, 'With stars')).toEqual(['1', '0', '0', '0']);
  const missed = page.getByTestId('missed-row');
  await expect(missed).toHaveCount(1);
  await expect(missed).toContainText('imdb.csv, row 3');
  await page.getByTestId('problems').locator('summary').click();
  await expect(page.getByTestId('problems')).toContainText('imdb.csv, row 5');
  await page.getByTestId('skipped').locator('summary').click();
  await expect(page.getByTestId('skipped')).toContainText('Breaking Bad');

  await page.getByRole('button', { name: 'Find A Film Nobody Knows' }).click();
  await page.getByRole('searchbox', { name: /A Film Nobody Knows/ }).fill('fargo');
  await page.getByRole('button', { name: 'It is Fargo, 1996' }).click();
  await expect(missed).toContainText('Counts as Fargo, 1996');
  expect(await counts(page, 'With stars')).toEqual(['2', '0', '0', '0']);
  await accept(page);
  await page.goto('#/you');
  await expect(page.getByTestId('rated').locator('[data-item="movielens:608"]').getByTestId('stars')).toHaveAttribute('aria-valuenow', '4');
});

test('a file that is no export is refused in plain words, and nothing is changed', async ({ page }) => {
  await bring(page, file('shopping.txt', 'bread\nmilk\n'), file('broken.zip', 'PK\x03\x04 and no more'), file('nothing.csv', ''));
  const refused = page.getByTestId('refused');
  await expect(refused).toContainText('3 files could not be used. Nothing was changed.');
  await expect(refused).toContainText('shopping.txt');
  await expect(refused).toContainText('it begins with "bread"');
  await expect(refused).toContainText('It is damaged');
  await expect(refused).toContainText('There is nothing in it');
  await expect(page.getByRole('button', { name: 'Bring them in' })).toHaveCount(0);
});

test('a file can be dropped', async ({ page }) => {
  await page.goto('#/data');
  await expect(page.getByTestId('drop')).toBeVisible();
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'imdb.csv', { type: 'text/csv' }));
    return transfer;
  }, IMDB);
  await page.getByTestId('drop').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.getByTestId('preview')).toContainText('IMDb');
});
