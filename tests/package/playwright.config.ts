// The samples of the npm package, built from the packed package, in a browser. `MATINEE_PACKAGE` names a built package that
// is not in `target/widget/package`.
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import journeys from '../e2e/playwright.config';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: path.resolve(__dirname, '../../target/package-journeys'),
  globalSetup: './build.mjs',
  reporter: 'list',
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: journeys.expect,
  use: { trace: 'retain-on-failure', launchOptions: journeys.use?.launchOptions },
  projects: [{ name: 'desktop', use: devices['Desktop Chrome'] }],
});
