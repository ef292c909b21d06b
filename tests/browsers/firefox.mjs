// Firefox, driven over WebDriver BiDi. FIREFOX names the browser.
import puppeteer from 'puppeteer-core';

/** Opens a window for a visitor of whom nothing is known. */
export async function open() {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: { 'datareporting.policy.dataSubmissionEnabled': false, 'network.captive-portal-service.enabled': false },
  });
  const [page] = await browser.pages();
  return {
    goto: (address) => page.goto(address, { waitUntil: 'domcontentloaded' }),
    reload: () => page.reload({ waitUntil: 'domcontentloaded' }),
    evaluate: (what, ...given) => page.evaluate(what, ...given),
    press: (key) => page.keyboard.press(key),
    choose: async (selector, file) => (await page.$(selector)).uploadFile(file),
    close: () => browser.close(),
  };
}
