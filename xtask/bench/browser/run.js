// Runs the page in Chromium and prints what it measured, as JSON. CHROME names the browser; the arguments are the
// folder with the page, where `models/ITEMSxDIMS.matinee` are the catalogues, and the options.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from '@playwright/test';

const folder = process.argv[2];
const { sizes, large, rounds, peers, slowdown, flags } = JSON.parse(process.argv[3]);
const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };

let kernel;

/** A catalogue's file: where it is, its hash, and its length before and after decompression. */
function described(items, dims) {
  const url = `models/${items}x${dims}.matinee`;
  const file = fs.readFileSync(path.join(folder, url));
  let raw = 0;
  // A preamble of 16 bytes; then chunks, each behind 24 that say how long it is, docs/format.md.
  for (let at = 16; at < file.length; at += 24 + file.readUInt32LE(at + 8)) raw += file.readUInt32LE(at + 12);
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { items, dims, url, sha256, bytes: file.length, raw };
}

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
  /** What `ask` gives in a page of its own, on a processor so many times slower. */
  const within = async (said, ask, args, slower = 1) => {
    console.error(said);
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => window.ready);
    kernel = await page.evaluate(() => window.bench.start());
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
    const answer = await page.evaluate(([ask, args]) => window.bench[ask](...args), [ask, args]);
    await page.close();
    return answer;
  };
  const files = sizes.map(([items, dims]) => described(items, dims));
  const named = ({ items, dims }) => `${items} x ${dims}`;
  const [main] = files;
  const scoring = [];
  for (const file of files) scoring.push(await within(`scoring ${named(file)}`, 'scoring', [file, rounds]));
  const answers = await within(`whole answers, ${named(main)}, beside ${peers.join(', ')}`, 'answers', [main, rounds, peers]);
  const searching = await within(`searching ${main.items} titles`, 'searching', [main]);
  const decoding = await within(`decoding ${named(main)}`, 'decoding', [main, rounds], slowdown);
  const most = described(...large);
  const alive = await within(`loading ${named(most)}`, 'large', [most]);
  console.error(`Chromium ${browser.version()}, kernel ${kernel}`);
  console.log(JSON.stringify({ browser: browser.version(), kernel, scoring, answers, searching, decoding, large: alive }));
} finally {
  await browser.close();
  server.close();
}
