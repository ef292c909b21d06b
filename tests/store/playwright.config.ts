// Journeys through a site that is published to a real object store. `cargo xtask test` builds the site, starts the store, and
// names the browser, the tool's binary and the store.
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import journeys from '../e2e/playwright.config';

const root = path.resolve(__dirname, '../..');

export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'target/store-journeys'),
  reporter: 'list',
  forbidOnly: !!process.env.CI,
  timeout: 90_000,
  use: { trace: 'retain-on-failure', launchOptions: journeys.use?.launchOptions },
  projects: [{ name: 'phone', use: devices['Pixel 7'] }],
});
