// When the publisher does not answer: the page's own words stay, the page is told, and the visitor can try again.
import { expect, test } from './support/test';
import { add, cards, events, films, framed, listen, message } from './support/widget';

const FALLBACK = 'Films, when they are there.';

/** The browser itself says that a file did not come; the journey ends with nothing else. */
const onlyLoading = (faults: string[]) => faults.splice(0).every((fault) => fault.includes('Failed to load resource'));

test('without the loader the page’s own words stay', async ({ page, partner, publisher, faults }) => {
  await page.route(`${publisher}/**`, (route) => route.abort());
  await page.goto(partner.page('films.html'));
  await expect(page.getByText(FALLBACK)).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(onlyLoading(faults)).toBe(true);
});

for (const [what, pattern, code] of [
  ['the elements’ script', '**/element.js*', 'files-unreachable'],
  ['the program', '**/core_bg.wasm', 'files-unreachable'],
  ['the pointer to the model', '**/model.json', 'model-unreachable'],
  ['the model', '**/*.matinee', 'model-unreachable'],
] as const) {
  test(`without ${what} it says so, and trying again works`, async ({ page, partner, faults }) => {
    await page.route(pattern, (route) => route.abort());
    await page.goto(partner.page('bare.html'));
    const list = await add(page, 'matinee-recommendations', { count: '8' });
    await listen(page);
    await expect(message(list)).toContainText('couldn’t be loaded');
    // Again in vain.
    await message(list).getByRole('button').click();
    await expect.poll(() => events(page, 'error')).toHaveLength(2);
    for (const { detail } of await events(page, 'error')) expect(detail).toMatchObject({ code, message: expect.any(String) });
    await page.unroute(pattern);
    await message(list).getByRole('button', { name: 'Try again' }).click();
    await expect(cards(list)).toHaveCount(8);
    expect(onlyLoading(faults)).toBe(true);
  });
}

test('what the page put between the tags stays after an error, and the page may try again', async ({ page, partner, faults }) => {
  await page.route('**/model.json', (route) => route.abort());
  await page.goto(partner.page('films.html'));
  const list = films(page);
  await expect(list).toHaveJSProperty('readyState', 'error');
  await expect(page.getByText(FALLBACK)).toBeVisible();
  await page.unroute('**/model.json');
  await list.evaluate((element: HTMLElement & { load(): Promise<void> }) => element.load());
  await expect(cards(list)).toHaveCount(8);
  await expect(page.getByText(FALLBACK)).toBeHidden();
  expect(onlyLoading(faults)).toBe(true);
});

test('a model that is damaged is not used', async ({ page, partner }) => {
  await page.route('**/*.matinee', (route) => route.fulfill({ body: 'damaged', headers: { 'access-control-allow-origin': '*' } }));
  await page.goto(partner.page('films.html'));
  await expect(films(page)).toHaveJSProperty('readyState', 'error');
  await expect(page.getByText(FALLBACK)).toBeVisible();
});

test('a model that breaks off after films are shown says so and leaves a way to go on', async ({ page, partner, publisher }) => {
  const whole = await page.request.get(`${publisher}/model.json`).then((answer) => answer.json());
  const file = await (await page.request.get(`${publisher}/${whole.model}`)).body();
  await page.route('**/*.matinee', (route) => route.fulfill({ body: file.subarray(0, file.length / 2), headers: { 'access-control-allow-origin': '*' } }));
  await page.goto(partner.page('bare.html'));
  const list = await add(page, 'matinee-recommendations', { count: '8' });
  await expect(message(list)).toBeVisible();
  await page.unroute('**/*.matinee');
  await message(list).getByRole('button', { name: 'Try again' }).click();
  await expect(cards(list)).toHaveCount(8);
});

test('whenReady() rejects with the error, and asks nobody to listen', async ({ page, partner, faults }) => {
  await page.route('**/model.json', (route) => route.abort());
  await page.goto(partner.page('films.html'));
  const code = await films(page).evaluate((element: HTMLElement & { whenReady(): Promise<void> }) => element.whenReady().catch((error) => error.code));
  expect(code).toBe('model-unreachable');
  expect(onlyLoading(faults)).toBe(true);
});

test('in a frame the same, and trying again works', async ({ page, partner, faults }) => {
  await page.route('**/model.json', (route) => route.abort());
  await page.goto(partner.page('bare.html'));
  const list = await add(page, 'matinee-recommendations', { count: '8', isolation: 'frame' });
  await expect(message(list)).toContainText('couldn’t be loaded');
  await page.unroute('**/model.json');
  await message(list).getByRole('button', { name: 'Try again' }).click();
  await expect(cards(framed(list))).toHaveCount(8);
  expect(onlyLoading(faults)).toBe(true);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page’s own words are shown', async ({ page, partner }) => {
    await page.goto(partner.page('films.html'));
    await expect(page.getByText(FALLBACK)).toBeVisible();
    await page.goto(partner.magazine);
    await expect(page.getByText('on the same bill')).toBeVisible();
    await expect(page.getByText('so it needs JavaScript')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Down the same corridor' })).toBeVisible();
  });
});

test('without WebAssembly the page’s own words stay', async ({ page, partner }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
  await page.goto(partner.page('films.html'));
  await expect(films(page)).toHaveJSProperty('readyState', 'error');
  await expect(page.getByText(FALLBACK)).toBeVisible();
});
