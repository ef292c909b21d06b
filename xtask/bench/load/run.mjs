// Visits the built site over a slow line with a slow processor, for the first time and again, and prints what a visitor
// waited for, as JSON. CHROME names the browser; the arguments are the site's address and the options.
import { chromium } from '@playwright/test';

const [address, options] = [process.argv[2], JSON.parse(process.argv[3])];
const { visits, kilobits, latency, slowdown, flags } = options;
/** Ratings until there are recommendations. */
const ENOUGH = 5;
/** What the page says when it is usable. To ask it meanwhile would have the browser run a driver's script in the page. */
const USABLE = 'bench: usable';
/** Milliseconds between the end of one visit and the beginning of the next. */
const REST = 2000;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

/** Runs in the page before anything of its own. */
function watch(said) {
  const seen = { shift: 0, tasks: [] };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  const mark = (name, selector) => {
    const look = () => {
      if (seen[name] !== undefined || !document.querySelector(selector)) return;
      seen[name] = performance.now();
      if (name === 'usable') console.log(said);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  };
  // Cards with stars that can be set: the app's own, and not what stands in the page before it.
  mark('usable', '[data-testid="film-card"] [data-testid="stars"], [data-testid="shelf"] [data-testid="film-card"]');
  mark('recommended', '[data-testid="shelf"] [data-testid="film-card"]');
  addEventListener('keydown', () => (seen.rated = performance.now()), { capture: true });
}

async function slow(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const throughput = (kilobits * 1000) / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

const measure = (page) =>
  page.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const [navigation] = performance.getEntriesByType('navigation');
    const files = [navigation, ...performance.getEntriesByType('resource')].map((entry) => ({
      name: new URL(entry.name).pathname.split('/').pop() || 'index.html',
      start: entry.startTime,
      end: entry.responseEnd,
      bytes: entry.encodedBodySize,
      kept: entry.transferSize === 0,
    }));
    const longest = Math.max(0, ...window.seen.tasks.map((task) => task.duration));
    return { paint, usable: window.seen.usable, shift: window.seen.shift, longest, files };
  });

async function visit(context) {
  const page = await context.newPage();
  await page.addInitScript(watch, USABLE);
  await slow(page);
  const usable = page.waitForEvent('console', (message) => message.text() === USABLE);
  await page.goto(address, { waitUntil: 'commit' });
  await usable;
  return page;
}

/** Gives stars until there are recommendations; milliseconds from the last of them to the first row. */
async function rate(page) {
  for (let n = 0; n < ENOUGH; n++) {
    const stars = page.locator('[data-testid="first-films"] [data-testid="film-card"]').nth(n).getByTestId('stars');
    await stars.focus();
    await stars.press('5');
  }
  await page.waitForFunction(() => window.seen.recommended !== undefined);
  return page.evaluate(() => window.seen.recommended - window.seen.rated);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  chromiumSandbox: false,
  args: flags.map((flag) => `--${flag}`),
});
try {
  const [first, again] = [[], []];
  for (let n = 1; n <= visits; n++) {
    console.error(`visit ${n} of ${visits}`);
    // A visitor of their own each time: nothing is kept from the one before.
    const context = await browser.newContext(PHONE);
    const page = await visit(context);
    const measured = await measure(page);
    first.push({ ...measured, recommended: await rate(page) });
    await page.evaluate(() => navigator.serviceWorker.ready);
    // Kept whole: the worker is in charge of the page once it is.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.close();
    // A visitor comes back when the first visit is over: for a while the browser, in the same process, is busy taking down its page.
    await new Promise((over) => setTimeout(over, REST));
    const second = await visit(context);
    again.push(await measure(second));
    await context.close();
  }
  console.log(JSON.stringify({ browser: browser.version(), first, again }));
} finally {
  await browser.close();
}
