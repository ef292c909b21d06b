// `npm run icons`: draws static/icons/*.png from static/icon.svg, for where a browser or a home screen takes no SVG.
// CHROME names the browser. Run again only when the drawing changes: the files are committed.
import fs from 'node:fs';
import { chromium } from '@playwright/test';

const svg = fs.readFileSync('static/icon.svg', 'utf8');
/** The ground goes to every edge, without its round corners, where a system cuts the icon to a shape of its own. */
const full = svg.replace(/ rx="\d+"/, '');
/** What may be cut off around a maskable icon is a tenth on every side. */
const safe = full.replace(/(<rect[^>]*>)(.*)(<\/svg>)/s, '$1<g transform="translate(6.4 6.4) scale(.8)">$2</g>$3');

const browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', chromiumSandbox: false });
const draw = async (drawing, pixels, name) => {
  const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
  const sized = drawing.replace('<svg', `<svg style="display:block" width="${pixels}" height="${pixels}"`);
  await page.setContent(`<body style="margin:0">${sized}`);
  await page.screenshot({ path: `static/icons/${name}.png`, omitBackground: true });
  await page.close();
};
await draw(svg, 192, '192');
await draw(svg, 512, '512');
await draw(safe, 512, 'maskable');
await draw(full, 180, 'apple-touch');
await browser.close();
