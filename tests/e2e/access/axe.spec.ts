// Every place, in both themes, for somebody new and somebody known: nothing that axe-core finds wrong.
import fs from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { PLACES, knownVisitor, settled, visit } from '../support/pages';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Axe {
  run(where: Document, options: object): Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

// Brought in by the driver, so that the page's own policy need not allow it.
test.beforeEach(({ page }) => page.addInitScript(AXE));

/** What is wrong, a line each. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: Axe };
    const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}: ${node.failureSummary ?? ''}`),
    );
  }, TAGS);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const who of ['new', 'known'] as const) {
    test(`a visitor who is ${who} finds every place accessible in ${colorScheme} colours`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (who === 'known') await knownVisitor(page);
      else await page.goto('');
      for (const place of PLACES) {
        await visit(page, place);
        expect.soft(await violations(page), place.name).toEqual([]);
      }
    });
  }
}

test('what comes up by itself is accessible too: a toast, and notices of every kind', async ({ page }) => {
  await page.route('**/*.matinee', (route) => route.fulfill({ body: 'damaged' }));
  await page.goto('');
  await expect(page.locator('[data-notice="model"]')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.unroute('**/*.matinee');
  await page.locator('[data-notice="model"]').getByRole('button').click();
  await settled(page);
  const stars = page.getByTestId('film-card').first().getByTestId('stars');
  await stars.press('4');
  await expect(page.getByTestId('toast')).toBeVisible();
  await settled(page);
  expect(await violations(page)).toEqual([]);
});
