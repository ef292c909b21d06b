// What leaves the page: files are asked for, the same for everybody, and nothing that the visitor said goes along.
import fs from 'node:fs';
import path from 'node:path';
import { expect, site, test } from './support/test';
import { cards, films, framed, heading, rateFive, ready } from './support/widget';
import type { Page, Request } from '@playwright/test';

/** Everything that the page and its frames send, from now on. */
function sent(page: Page): Request[] {
  const all: Request[] = [];
  page.on('request', (request) => all.push(request));
  page.on('websocket', (socket) => expect(socket.url(), 'no sockets').toBe(''));
  return all;
}

const files = fs.readdirSync(path.join(site, 'widget'), { recursive: true }).map((name) => `/widget/${name}`);
const { model } = JSON.parse(fs.readFileSync(path.join(site, 'model.json'), 'utf8'));
const ALLOWED = new Set([...files, '/model.json', `/${model}`]);

async function expectNothingLeft(all: Request[], publisher: string, partner: string): Promise<void> {
  for (const request of all) {
    const url = new URL(request.url());
    const headers = await request.allHeaders();
    expect([publisher, partner], request.url()).toContain(url.origin);
    expect(request.method(), request.url()).toBe('GET');
    expect(request.postData(), request.url()).toBeNull();
    if (url.origin !== publisher) continue;
    expect(ALLOWED, request.url()).toContain(url.pathname);
    expect(url.search + url.hash, request.url()).toBe('');
    expect(headers.cookie, request.url()).toBeUndefined();
    // At most which site it is, never which of its pages.
    const referer = headers.referer ?? '';
    if (!referer.startsWith(publisher)) expect(['', `${partner}/`], request.url()).toContain(referer);
  }
}

test('a whole visit asks for the publisher’s files and for nothing else', async ({ page, partner, publisher }) => {
  const all = sent(page);
  await page.goto(partner.page('four.html'));
  for (const name of ['matinee-rate', 'matinee-onboarding', 'matinee-similar', 'matinee-recommendations']) {
    await page.locator(name).scrollIntoViewIfNeeded();
    await ready(page.locator(name));
  }
  const before = all.length;
  const list = films(page);
  await rateFive(list);
  await expect(heading(list)).toHaveText('Recommended for you');
  await cards(list).first().getByRole('button').first().click();
  await list.evaluate((element) => element.setAttribute('lang', 'fr'));
  await expect(list.locator('.matinee')).toHaveAttribute('lang', 'fr');
  await expectNothingLeft(all, publisher, partner.origin);
  const late = all.slice(before).map((request) => new URL(request.url()).pathname);
  expect(late).toEqual([expect.stringMatching(/words\/fr\.json$/), '/model.json', `/${model}`]);
});

test('a visit with a frame, the same', async ({ page, partner, publisher }) => {
  const all = sent(page);
  await page.goto(partner.page('frame.html'));
  const list = framed(films(page));
  await rateFive(list);
  await expect(heading(list)).toHaveText('Recommended for you');
  await expectNothingLeft(all, publisher, partner.origin);
});
