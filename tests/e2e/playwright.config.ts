// Journeys through the built site, each in a folder of its own. `cargo xtask test` builds the site and the server,
// and names the browser, the server's binary and a free port; the defaults serve a run by hand.
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';

const root = path.resolve(__dirname, '../..');
const matinee = process.env.MATINEE ?? path.join(root, 'target/debug/matinee');
const port = Number(process.env.MATINEE_PORT ?? 4173);

const launchOptions = {
  executablePath: process.env.CHROME,
  chromiumSandbox: false,
  // Nothing but the site may use the network, the browser's own housekeeping included.
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

const ANY_SIZE = ['looks/**', 'access/l*', 'model/**', 'offline/**', 'privacy/**', 'retrained/**', 'same-everywhere/**'];

export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'target/journeys'),
  reporter: 'list',
  forbidOnly: !!process.env.CI,
  // Slow machines are no failure: waits are long, and what fails once is told of and tried again.
  workers: 2,
  retries: 1,
  timeout: 60_000,
  expect: {
    timeout: 15_000,
    // Edges of letters differ a little between versions of a browser.
    toHaveScreenshot: { maxDiffPixelRatio: 0.01, animations: 'disabled', caret: 'hide', scale: 'css' },
  },
  snapshotPathTemplate: '{testDir}/looks/pictures/{arg}{ext}',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    trace: 'on-first-retry',
    // Most journeys stand between page and server, where a service worker would be in their way.
    serviceWorkers: 'block',
    launchOptions,
  },
  projects: [
    { name: 'desktop', use: devices['Desktop Chrome'], testIgnore: 'looks/**' },
    // What has nothing to do with the size of a window, or sets it, is tried once.
    { name: 'phone', use: devices['Pixel 7'], testIgnore: ANY_SIZE },
    // Pictures of the main pages, which set their sizes and colours themselves.
    { name: 'looks', use: devices['Desktop Chrome'], testMatch: 'looks/**' },
    {
      // A processor without vector instructions: scores are the same to the last place.
      name: 'without-vectors',
      testMatch: 'same-everywhere/**',
      use: { ...devices['Desktop Chrome'], launchOptions: { ...launchOptions, args: [...launchOptions.args, '--js-flags=--no-enable-sse4-1'] } },
    },
  ],
  webServer: {
    command: `"${matinee}" serve --site "${path.join(root, 'dist')}" --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    stdout: 'ignore',
  },
});
