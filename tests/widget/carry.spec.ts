// Ratings come along from elsewhere, and go along, by the visitor's own action.
import fs from 'node:fs';
import { expect, test } from './support/test';
import { films, framed, heading, ready, reasons } from './support/widget';

const LETTERBOXD = {
  name: 'ratings.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Date,Name,Year,Letterboxd URI,Rating\n' +
      '2020-01-01,Heat,1995,https://boxd.it/a,4.5\n' +
      '2020-01-02,Alien,1979,https://boxd.it/b,5\n' +
      '2020-01-03,Fargo,1996,https://boxd.it/c,4\n' +
      '2020-01-04,No Such Film at All,1996,https://boxd.it/d,4\n',
  ),
};

for (const where of ['films.html', 'frame.html']) {
  test.describe(where, () => {
    // Frames are refused their storage in a private window.
    test.use({ profile: where === 'frame.html' });

    test('a file of another service is brought in, taken back, and everything is saved to a file', async ({ page, partner }) => {
      await page.goto(partner.page(where));
      const list = where === 'frame.html' ? framed(films(page)) : films(page);
      await ready(list);
      await list.getByRole('button', { name: 'Your ratings' }).click();
      const bring = async () => {
        const chooser = page.waitForEvent('filechooser');
        await list.getByRole('button', { name: 'Bring your ratings' }).click();
        await (await chooser).setFiles(LETTERBOXD);
        await expect(list.getByRole('status')).toHaveText('New from the file: 3. Not found: 1.');
      };
      await bring();
      const panel = list.getByRole('region', { name: 'Your ratings' });
      await expect(panel.getByRole('listitem')).toHaveText([/Fargo.*4 stars/, /Alien.*5 stars/, /Heat.*4 and a half stars/]);
      await list.getByRole('button', { name: 'Undo' }).click();
      await expect(panel.getByRole('listitem')).toHaveCount(0);

      await bring();
      const download = page.waitForEvent('download');
      await list.getByRole('button', { name: 'Save to a file' }).click();
      const saved = JSON.parse(fs.readFileSync(await (await download).path(), 'utf8'));
      expect(saved.ratings.map(({ title, rating }: { title: string; rating: number }) => [title, rating]).sort()).toEqual([
        ['Alien', 5],
        ['Fargo', 4],
        ['Heat', 4.5],
      ]);
      await list.getByRole('button', { name: 'Close' }).click();
      await expect(heading(list)).toHaveText('Recommended for you');
      await expect(reasons(list).first()).toBeAttached();
    });
  });
}

test('a file that is none says so, and changes nothing', async ({ page, partner }) => {
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await ready(list);
  await list.getByRole('button', { name: 'Your ratings' }).click();
  const chooser = page.waitForEvent('filechooser');
  await list.getByRole('button', { name: 'Bring your ratings' }).click();
  await (await chooser).setFiles({ name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) });
  await expect(list.getByRole('status')).toHaveText('This file holds nothing that can be read.');
  await expect(heading(list)).toHaveText('Popular to start with');
});
