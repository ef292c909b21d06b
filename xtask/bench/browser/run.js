// Runs the page in Chromium and prints what it measured, as JSON. CHROME names the browser; the arguments are the
// folder with the page and the options.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from '@playwright/test';

const folder = process.argv[2];
const { items, dims, rounds, peers, flags } = JSON.parse(process.argv[3]);
const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };

const server = http.createServer((request, response) => {
  const name = new URL(request.url, 'http://localhost').pathname;
  const file = path.join(folder, name === '/' ? 'index.html' : name);
  if (!fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': TYPES[file.split('.').pop()] ?? 'application/octet-stream' });
  fs.createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  chromiumSandbox: false,
  args: flags.map((flag) => `--${flag}`),
});
try {
  const fresh = async () => {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => window.ready);
    const kernel = await page.evaluate(() => window.bench.start());
    return { page, kernel };
  };
  const { page, kernel } = await fresh();
  console.error(`Chromium ${browser.version()}, kernel ${kernel}`);
  const scoring = [];
  for (const [items, dims] of [[20_000, 128], [62_000, 64], [62_000, 128], [500_000, 128]]) {
    console.error(`scoring ${items} x ${dims}`);
    scoring.push(await page.evaluate(([i, d, r]) => window.bench.scoring(i, d, r), [items, dims, rounds]));
  }
  await page.close();
  const { page: second } = await fresh();
  console.error(`whole answers, ${items} x ${dims}, beside ${peers.join(', ')}`);
  const answers = await second.evaluate(([i, d, r, n]) => window.bench.answers(i, d, r, n), [items, dims, rounds, peers]);
  console.log(JSON.stringify({ browser: browser.version(), kernel, scoring, answers }));
} finally {
  await browser.close();
  server.close();
}
