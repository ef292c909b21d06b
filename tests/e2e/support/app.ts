// What the journeys do again and again, in a visitor's terms.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

export const root = path.resolve(__dirname, '../../..');
export const dist = path.join(root, 'dist');
/** The command-line tool. */
export const matinee = process.env.MATINEE ?? path.join(root, 'target/debug/matinee');

/** Runs the command-line tool and returns what it prints. */
export function run(...args: string[]): string {
  return execFileSync(matinee, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The model that the built site serves. */
export function modelFile(): string {
  const { model } = JSON.parse(fs.readFileSync(path.join(dist, 'model.json'), 'utf8'));
  return path.join(dist, model);
}

export function card(page: Page, item: string): Locator {
  return page.locator(`[data-testid="film-card"][data-item="${item}"]`);
}

/** The stars of the film whose page is open; the cards of similar films below have stars too. */
export function filmStars(page: Page): Locator {
  return page.getByTestId('film').getByTestId('stars').first();
}

/** Opens a film's page and gives it stars by keyboard, then waits until the page says that it is saved. */
export async function rate(page: Page, id: string, stars: number): Promise<void> {
  await page.goto(`#/film/${id}`);
  const slider = filmStars(page);
  await slider.focus();
  await slider.press(String(Math.floor(stars)));
  if (stars % 1 !== 0) {
    await slider.press('ArrowRight');
  }
  await expect(slider).toHaveAttribute('aria-valuenow', String(stars));
  await expect(page.getByTestId('saved')).toHaveText('Saved on this device.');
}

/** Five films that most people know, all liked. */
export const FIVE: [string, number][] = [
  ['318', 5],
  ['296', 4.5],
  ['2571', 5],
  ['356', 2],
  ['50', 4],
];

export async function rateFive(page: Page): Promise<void> {
  for (const [id, stars] of FIVE) {
    await rate(page, id, stars);
  }
}
