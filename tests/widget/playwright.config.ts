// Journeys through pages of a partner that show the widget of a publisher: two servers, two origins. `cargo xtask test` builds
// the site with the widget and names the browser and the server's binary; the defaults serve a run by hand.
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import journeys from '../e2e/playwright.config';

const root = path.resolve(__dirname, '../..');

export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'target/widget-journeys'),
  reporter: 'list',
  forbidOnly: !!process.env.CI,
  workers: 2,
  fullyParallel: true,
  retries: 1,
  timeout: 60_000,
  expect: journeys.expect,
  use: { actionTimeout: 20_000, trace: 'on-first-retry', launchOptions: journeys.use?.launchOptions },
  projects: [{ name: 'desktop', use: devices['Desktop Chrome'] }],
});
