// What axe-core finds wrong.
import fs from 'node:fs';
import type { Frame, Page } from '@playwright/test';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Axe {
  run(where: Document, options: object): Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** Brought in by the driver, so that no policy need allow it. */
export const bringAxe = (page: Page) => page.addInitScript(AXE);

/** Rules about a page as a whole. */
const WHOLE = ['landmark-one-main', 'page-has-heading-one', 'region'];

/** What is wrong in a document, a line each. Documents of other origins are asked for themselves. */
export function violations(place: Page | Frame): Promise<string[]> {
  const rules = 'parentFrame' in place ? Object.fromEntries(WHOLE.map((id) => [id, { enabled: false }])) : {};
  return place.evaluate(async ([tags, rules]) => {
    const { axe } = window as unknown as { axe: Axe };
    const found = await axe.run(document, { runOnly: { type: 'tag', values: [...tags] }, rules, resultTypes: ['violations'], iframes: false });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}: ${node.failureSummary ?? ''}`),
    );
  }, [TAGS, rules] as const);
}
