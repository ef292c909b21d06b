// What the main pages look like, on a phone and on a desktop, light and dark, beside the pictures of how they are meant to look.
// After a change that is meant: `npm run looks:renew`, look at what differs, and commit the pictures with it.
import { expect, test, type Page } from '@playwright/test';
import { knownVisitor, settled } from '../support/pages';

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1120, height: 700 } };
/** Whose letters these are: the page's own display face comes with it, the rest is in the system's, which differs. */
const FACE = 'DejaVu Sans';

/** The page's text in a face that every machine can have. */
async function sameLetters(page: Page): Promise<void> {
  const there = await page.evaluate((face) => {
    const context = document.createElement('canvas').getContext('2d')!;
    const width = (font: string) => {
      context.font = `40px ${font}`;
      return context.measureText('Matinee WMi 0123').width;
    };
    return width(`"${face}", monospace`) !== width('monospace');
  }, FACE);
  test.skip(!there, `the pictures are set in ${FACE} (Debian: fonts-dejavu-core)`);
  await page.evaluate((face) => {
    const sheet = new CSSStyleSheet();
    // Without what changes with every visit.
    const varies = '[data-testid="stored"], [data-testid="requests-sum"], [data-testid="requests"]';
    sheet.replaceSync(`:root { --text: "${face}" !important } .toasts { visibility: hidden } ${varies} { display: none }`);
    document.adoptedStyleSheets.push(sheet);
  }, FACE);
}

async function compare(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(page).toHaveScreenshot(`${name}.png`);
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`on a ${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

      test.beforeEach(async ({ page }) => {
        // A matinée, on a Saturday.
        await page.clock.setFixedTime(new Date('2026-11-28T14:30:00Z'));
      });

      test('the first visit', async ({ page }) => {
        await page.goto('');
        await sameLetters(page);
        await compare(page, `first-visit-${size}-${colorScheme}`);
      });

      test('the pages of somebody known', async ({ page }) => {
        test.slow();
        await knownVisitor(page);
        await page.reload();
        await sameLetters(page);
        for (const [name, hash] of [
          ['home', '#/'],
          ['picks', '#/picks'],
          ['film', '#/film/47'],
          ['you', '#/you'],
          ['about', '#/about'],
        ]) {
          await page.goto(hash);
          await compare(page, `${name}-${size}-${colorScheme}`);
        }
      });
    });
  }
}
