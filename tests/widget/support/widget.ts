// What a visitor and a page do with the elements.
import { type Frame, type Locator, type Page, expect } from '@playwright/test';

export const MATRIX = 'imdb:tt0133093';

export const films = (place: Page) => place.locator('matinee-recommendations');
export const cards = (element: Locator) => element.locator('[part="card"]:not([aria-hidden])');
export const heading = (element: Locator) => element.locator('[part~="heading"]');
export const reasons = (element: Locator) => element.locator('[part="reason"]');
export const message = (element: Locator) => element.locator('[part="message"]');
/** The list inside the element's frame. */
export const framed = (element: Locator): Locator => element.locator('iframe').contentFrame().locator('matinee-recommendations');

export async function ready(element: Locator): Promise<void> {
  await expect(element).toHaveJSProperty('readyState', 'ready');
}

/** Keys of the films in a list, in their order. */
export function shown(element: Locator): Promise<string[]> {
  return cards(element).evaluateAll((all) => all.map((card) => card.getAttribute('data-item') ?? ''));
}

/** Gives the first film of a list its stars, and waits until another has taken its place. */
export async function rateFirst(element: Locator, key: string): Promise<string> {
  const first = cards(element).first();
  const item = (await first.getAttribute('data-item')) ?? '';
  await first.getByRole('slider').press(key);
  await expect(element.locator(`[data-item="${item}"]`)).toHaveCount(0);
  return item;
}

export async function rateFive(element: Locator): Promise<string[]> {
  const rated = [];
  for (const key of ['5', '4', '5', '2', '4']) rated.push(await rateFirst(element, key));
  return rated;
}

/** Items whose ratings are kept where this runs; for `evaluate` of a page or a frame. */
export async function kept(): Promise<string[]> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === 'matinee')) return [];
  const open = indexedDB.open('matinee');
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error);
  });
  const asked = database.transaction('ratings').objectStore('ratings').getAllKeys();
  const keys = await new Promise<IDBValidKey[]>((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  database.close();
  return keys.map(String);
}

/** Writes down every event of the page's elements from now on; `events` reads it. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const told: { type: string; detail: unknown }[] = [];
    Object.assign(window, { told });
    for (const element of document.querySelectorAll('matinee-recommendations, matinee-similar, matinee-rate, matinee-onboarding')) {
      for (const type of ['ready', 'rate', 'select', 'error']) {
        element.addEventListener(type, (event) => told.push({ type, detail: structuredClone((event as CustomEvent).detail) }));
      }
    }
  });
}

export interface Told {
  type: string;
  detail: any; // Each kind has its own.
}

export function events(page: Page, type: string): Promise<Told[]> {
  return page.evaluate((wanted) => (window as unknown as { told: Told[] }).told.filter((event) => event.type === wanted), type);
}

/** Adds an element to the page's `main`. */
export async function add(page: Page, name: string, attributes: Record<string, string> = {}): Promise<Locator> {
  await page.evaluate(
    ([tag, given]) => {
      const element = document.createElement(tag);
      for (const [attribute, value] of Object.entries(given)) element.setAttribute(attribute, value);
      document.querySelector('main')?.append(element);
    },
    [name, attributes] as const,
  );
  return page.locator(name).last();
}

/** The publisher's document in the page. */
export function frameOf(page: Page): Frame {
  const frame = page.frames().find((one) => one.url().endsWith('/frame.html'));
  if (!frame) throw new Error('the page has no frame of the publisher');
  return frame;
}

/** Addresses that the page and its frames ask for, from now on. */
export function requests(page: Page): string[] {
  const all: string[] = [];
  page.on('request', (request) => all.push(request.url()));
  return all;
}
