import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { MatineeElement } from '../../crates/widget/package/elements';
import { root, sites } from './project.mjs';
import { serve } from './serve.mjs';

/** Opens a sample, and sees to it that nothing goes wrong or elsewhere. */
const test = base.extend<{ open: (sample: string) => Promise<void> }>({
  open: async ({ page }, use) => {
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(message.text()));
    let server: Awaited<ReturnType<typeof serve>> | undefined;
    await use(async (sample) => {
      server = await serve(path.join(sites, sample));
      const { address } = server;
      page.on('request', (request) => request.url().startsWith(address) || wrong.push(request.url()));
      // Browsers ask for it unbidden.
      await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
      await page.goto(address);
    });
    server?.close();
    expect(wrong).toEqual([]);
  },
});

const asked = (page: Page) => {
  const names: string[] = [];
  page.on('request', (request) => names.push(path.basename(request.url())));
  return names;
};

test('without an interface: films, ratings, files, and all of it after a reload', async ({ page, open }) => {
  const requests = asked(page);
  await open('vite');
  const films = page.locator('#films li');
  await expect(films).toHaveCount(10);
  await expect(page.locator('#known')).toHaveText('Known 0%, 0 rated');

  const first = films.first().getByRole('button');
  const words = await first.innerText();
  await first.click();
  await expect(page.locator('#known')).toHaveText(/1 rated/);
  await expect(page.getByRole('button', { name: words, exact: true })).toHaveCount(0);
  await expect(films.first()).toContainText('Because you loved');
  expect(requests.filter((name) => name.startsWith('importers'))).toEqual([]);

  const buffer = Buffer.from('Date,Name,Year,Letterboxd URI,Rating\n2024-03-07,Heat,1995,https://boxd.it/a,4.5\n');
  await page.setInputFiles('#files', { name: 'ratings.csv', mimeType: 'text/csv', buffer });
  await expect(page.locator('#known')).toHaveText(/2 rated/);
  expect(requests.filter((name) => name.startsWith('importers')).length).toBe(2);

  await page.reload();
  await expect(page.locator('#known')).toHaveText(/2 rated/);
});

for (const sample of ['react', 'vue']) {
  test(`${sample}: the elements show films, and tell of ratings`, async ({ page, open }) => {
    await open(sample);
    const status = page.getByRole('status').first();
    await expect(status).toHaveText('6 films');
    const element = page.locator('matinee-recommendations');
    const films = element.getByRole('listitem');
    await expect(films).toHaveCount(6);
    const shown = await element.evaluate((element: MatineeElement) => element.films.map(({ title }) => title));
    for (const [place, title] of shown.entries()) await expect(films.nth(place).getByRole('slider')).toHaveAccessibleName(`Your rating of ${title}`);

    await films.first().getByRole('slider').press('End');
    await expect(status).toHaveText(`${shown[0]}: 5 stars`);
    await page.getByRole('button', { name: 'I loved The Matrix' }).click();
    await expect(element).toContainText('Because you loved The Matrix');
  });
}

test('the manifest of the elements names their attributes and members', async ({ page, open }) => {
  await open('react');
  await expect(page.getByRole('status').first()).toHaveText('6 films');
  const manifest = JSON.parse(readFileSync(path.join(root, 'crates/widget/package/custom-elements.json'), 'utf8'));
  const declarations = manifest.modules[0].declarations as {
    tagName: string;
    attributes: { name: string }[];
    members: { name: string }[];
  }[];
  expect(declarations.map(({ tagName }) => tagName)).toEqual([
    'matinee-recommendations',
    'matinee-similar',
    'matinee-rate',
    'matinee-onboarding',
  ]);
  for (const { tagName, attributes, members } of declarations) {
    const found = await page.evaluate(
      ([tag, names]) => {
        const element = customElements.get(tag)!;
        return {
          attributes: (element as unknown as { observedAttributes: string[] }).observedAttributes,
          missing: names.filter((name) => !(name in element.prototype)),
        };
      },
      [tagName, members.map(({ name }) => name)] as const,
    );
    expect([...found.attributes].sort()).toEqual(attributes.map(({ name }) => name).sort());
    expect(found.missing).toEqual([]);
  }
});
