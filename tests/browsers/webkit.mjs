// WebKitGTK, Safari's nearest relative, driven over WebDriver. WEBKIT_DRIVER and MINI_BROWSER name the driver and the browser.
// It needs a display: `xvfb-run` is one for machines without.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { eventually, freePort } from './site.mjs';

const BROWSERS = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);
/** What WebDriver calls an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** What it calls keys that are no letters. */
const KEYS = { Enter: '\uE007', Tab: '\uE004' };

/** Opens a window for a visitor of whom nothing is known. */
export async function open() {
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const ended = new Promise((resolve) => driver.once('exit', resolve));
  let session = '';
  const say = async (method, what, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${session}${what}`, {
      method,
      body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${what}: ${value?.error} ${value?.message}`);
    return value;
  };
  await eventually('the driver is ready', () => say('GET', '/status'));
  const binary = process.env.MINI_BROWSER ?? BROWSERS.find((browser) => fs.existsSync(browser));
  const options = { binary, args: ['--automation'] };
  const { sessionId } = await say('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options, timeouts: { script: 60000, pageLoad: 60000 } } },
  });
  session = `/session/${sessionId}`;
  return {
    goto: (url) => say('POST', '/url', { url }),
    reload: () => say('POST', '/refresh'),
    evaluate: async (what, ...given) => say('POST', '/execute/sync', { script: `return (${what}).apply(null, arguments)`, args: given }),
    press: async (key) => {
      const value = KEYS[key] ?? key;
      const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }));
      await say('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions }] });
    },
    choose: async (selector, file) => {
      const element = await say('POST', '/element', { using: 'css selector', value: selector });
      await say('POST', `/element/${element[ELEMENT]}/value`, { text: file });
    },
    close: async () => {
      await say('DELETE', '').catch(() => undefined);
      driver.kill();
      await ended;
    },
  };
}
