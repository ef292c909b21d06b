// Audits a page again and again, as Lighthouse does for phones, and prints scores and measures as JSON. CHROME_PATH names the
// browser; the arguments are the address and the options.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [address, options] = [process.argv[2], JSON.parse(process.argv[3])];
const MEASURES = ['first-contentful-paint', 'largest-contentful-paint', 'speed-index', 'total-blocking-time', 'cumulative-layout-shift'];

const runs = [];
for (let run = 1; run <= options.runs; run += 1) {
  console.error(`run ${run} of ${options.runs}`);
  // A browser of its own each time: nothing is kept from the run before.
  const chrome = await launch({ chromeFlags: ['--headless=new', '--no-sandbox', ...options.flags.map((flag) => `--${flag}`)] });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, output: 'json', logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, 100 * (score ?? 0)]));
    const measures = Object.fromEntries(MEASURES.map((name) => [name, lhr.audits[name].numericValue]));
    const short = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== 'informative');
    runs.push({ scores, measures, short: short.map(({ id, title, displayValue }) => [id, title, displayValue].filter(Boolean).join(': ')) });
  } finally {
    await chrome.kill();
  }
}
console.log(JSON.stringify({ runs }));
