// Whether everything has room.
import { expect, type Page } from '@playwright/test';
import { PLACES, visit } from './pages';

/** What sticks out of the window sideways, and does not lie in a row that can be scrolled. */
const sticking = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: Element | null): boolean =>
      !!element && element !== document.body && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    const out = [...document.body.querySelectorAll('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || !element.checkVisibility()) return false;
      if (element.closest('svg') && element.tagName !== 'svg') return false;
      return (box.right > width + 1 || box.left < -1) && !scrolls(element.parentElement);
    });
    const names = out.slice(0, 5).map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${element.textContent?.trim().slice(0, 40)}`);
    const sideways = document.documentElement.scrollWidth - width;
    return sideways > 0 ? [`the page scrolls ${sideways} pixels sideways`, ...names] : names;
  });

/** Goes to every place and looks. */
export async function nothingSticksOut(page: Page): Promise<void> {
  for (const place of PLACES) {
    await visit(page, place);
    expect.soft(await sticking(page), place.name).toEqual([]);
  }
}
