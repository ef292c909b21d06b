// The main journeys, in any browser that can go to a page, press a key and be asked something.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { eventually, serve } from './site.mjs';

/** How many there are of what the page shows. */
const count = (visitor, selector) => visitor.evaluate((what) => document.querySelectorAll(what).length, selector);
const shows = (visitor, selector, least = 1) =>
  eventually(`the page shows ${least} of ${selector}`, async () => (await count(visitor, selector)) >= least);
/** Follows a link within the site. */
const follow = (visitor, hash) => visitor.evaluate((to) => void (location.hash = to), hash);
const heading = (visitor, words) =>
  eventually(`the heading is ${words}`, async () => (await visitor.evaluate(() => document.querySelector('h1')?.textContent)) === words);

const FIRST = '[data-testid="first-films"] [data-testid="film-card"]';

/** Gives five films five stars. A card that is drawn anew meanwhile has lost the focus, and is tried again. */
async function rateFive(visitor) {
  for (let given = 0; given < 5; given += 1) {
    await eventually(`film ${given + 1} is rated`, async () => {
      const lit = await visitor.evaluate(() => document.querySelector('[data-testid="bulbs"]')?.dataset.lit);
      // The bulbs go out of the house when the fifth is lit.
      if (Number(lit) > given || (given === 4 && lit == null)) return true;
      const there = await visitor.evaluate((what, at) => {
        const stars = document.querySelectorAll(what)[at]?.querySelector('[data-testid="stars"]');
        stars?.focus();
        return !!stars;
      }, FIRST, given);
      if (there) await visitor.press('5');
      return false;
    });
  }
}

/** Runs every journey in the browser that `open` opens. */
export function journeys(name, open) {
  test(`${name}: rate, be recommended something, come back, and go on without a network`, { timeout: 300_000 }, async (journey) => {
    const site = await serve();
    const visitor = await open();
    try {
      await journey.test('five ratings lead to recommendations with a reason', async () => {
        await visitor.goto(site.address);
        await heading(visitor, 'Rate five films you know');
        await rateFive(visitor);
        await heading(visitor, 'Tonight’s programme');
        await shows(visitor, '[data-shelf="top"] [data-testid="film-card"]', 6);
        const words = await visitor.evaluate(() => document.querySelector('[data-shelf="top"]').textContent);
        assert.match(words, /because you (loved|liked)/i);
        const items = await visitor.evaluate(() => [...document.querySelectorAll('[data-testid="film-card"]')].map(({ dataset }) => dataset.item));
        assert.equal(new Set(items).size, items.length, 'no film stands twice on the page');
      });

      await journey.test('a reload finds all ratings, and the hundred best', async () => {
        await visitor.reload();
        await heading(visitor, 'Tonight’s programme');
        await follow(visitor, '#/you');
        await shows(visitor, '[data-testid="rated"] [data-testid="film-row"]', 5);
        assert.equal(await count(visitor, '[data-testid="rated"] [data-testid="film-row"]'), 5);
        await follow(visitor, '#/picks');
        await shows(visitor, '[data-testid="picks"] [data-testid="film-row"]', 100);
      });

      await journey.test('a film is found, misspelt, and rated on its page', async () => {
        await follow(visitor, '#/search?q=matrx%2099');
        await shows(visitor, '[data-testid="results"] [data-testid="film-row"]');
        const first = await visitor.evaluate(() => document.querySelector('[data-testid="results"] .film-row__title').textContent);
        assert.match(first, /Matrix/);
        await follow(visitor, '#/film/2571');
        await shows(visitor, '[data-testid="film"] [data-testid="stars"]');
        await visitor.evaluate(() => document.querySelector('[data-testid="film"] [data-testid="stars"]').focus());
        await visitor.press('4');
        await eventually('it is saved', () =>
          visitor.evaluate(() => document.querySelector('[data-testid="saved"]').textContent === 'Saved on this device.'),
        );
      });

      await journey.test('ratings of another service come in from its file', async () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'matinee-'));
        const file = path.join(folder, 'ratings.csv');
        fs.writeFileSync(file, 'Date,Name,Year,Letterboxd URI,Rating\n2024-03-02,Fargo,1996,https://boxd.it/b,5\n');
        await follow(visitor, '#/data');
        await shows(visitor, 'input[type="file"]');
        await visitor.choose('input[type="file"]', file);
        await shows(visitor, '[data-testid="preview"]');
        await visitor.evaluate(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Bring them in').click());
        await eventually('it is saved', () =>
          visitor.evaluate(() => document.querySelector('[data-testid="kept"]')?.textContent === 'Saved on this device.'),
        );
        fs.rmSync(folder, { recursive: true });
        await visitor.reload();
        await follow(visitor, '#/you');
        await shows(visitor, '[data-testid="rated"] [data-item="movielens:608"]');
      });

      await journey.test('without a server everything is still there', async () => {
        await eventually('the site is kept', () => visitor.evaluate(() => navigator.serviceWorker.controller !== null));
        await site.stop();
        await visitor.reload();
        for (const [hash, selector, least] of [
          ['#/', '[data-shelf="top"] [data-testid="film-card"]', 6],
          ['#/picks', '[data-testid="picks"] [data-testid="film-row"]', 100],
          ['#/film/47', '[data-testid="predicted"]', 1],
          ['#/data', 'input[type="file"]', 1],
          ['#/taste', 'h1', 1],
          ['#/about', '[data-testid="stored"] tbody tr', 3],
          ['#/keys', 'kbd', 3],
        ]) {
          await follow(visitor, hash);
          await shows(visitor, selector, least);
          assert.equal(await count(visitor, '[data-testid="notice"]'), 0, hash);
        }
      });
    } finally {
      await visitor.close();
      await site.stop();
    }
  });
}
