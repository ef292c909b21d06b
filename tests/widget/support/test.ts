// Every journey has a publisher, a partner, and an eye on what must not happen in a partner's page.
import fs from 'node:fs';
import { test as base, chromium, expect, type Page } from '@playwright/test';
import { dist } from '../../e2e/support/app';
import { freePort, serve, stop } from '../../e2e/support/server';
import { type Partner, partner } from './partner';

export { expect };

/** The folder of the built site, with the widget. */
export const site = process.env.MATINEE_SITE ?? dist;
/** The version of the widget in it, which has a folder of its own. */
export const version = fs.readdirSync(`${site}/widget`).find((name) => /^\d+\.\d+\.\d+/.test(name)) ?? '';

interface ForTest {
  /**
   * Whether the browser has a profile, as most visitors' have. Without one it is a private window, where frames of another
   * site are refused their storage.
   */
  profile: boolean;
  /** What went wrong in the page, a line each: errors, rejections, violations of its policy. A journey ends with none. */
  faults: string[];
}

interface ForWorker {
  /** The publisher's origin. */
  publisher: string;
  partner: Partner;
}

export const test = base.extend<ForTest, ForWorker>({
  publisher: [
    async ({}, use) => {
      const origin = `http://127.0.0.1:${await freePort()}`;
      const server = await serve(site, `${origin}/`);
      await use(origin);
      await stop(server);
    },
    { scope: 'worker' },
  ],
  partner: [
    async ({ publisher }, use) => {
      const server = await partner(publisher);
      await use(server);
      server.close();
    },
    { scope: 'worker' },
  ],
  profile: [false, { option: true }],
  context: async ({ context, profile, launchOptions, contextOptions, viewport }, use, info) => {
    if (!profile) {
      await use(context);
      return;
    }
    const folder = info.outputPath('profile');
    fs.mkdirSync(`${folder}/Default`, { recursive: true });
    // Some distributions have it otherwise.
    const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
    fs.writeFileSync(`${folder}/Default/Preferences`, JSON.stringify(preferences));
    const own = await chromium.launchPersistentContext(folder, { ...launchOptions, ...contextOptions, viewport });
    await use(own);
    await own.close();
    fs.rmSync(folder, { recursive: true, force: true });
  },
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      await watch(page, faults);
      await use(faults);
      expect(faults, 'what went wrong in the page').toEqual([]);
    },
    { auto: true },
  ],
});

async function watch(page: Page, faults: string[]): Promise<void> {
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`violation of ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
}
