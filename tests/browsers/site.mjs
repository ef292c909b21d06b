// The built site, served by the project's own command, which a journey may stop.
import { spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const matinee = process.env.MATINEE ?? path.join(root, 'target/debug/matinee');

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Tries until it goes well, for as long as a slow machine may take. */
export async function eventually(what, attempt, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      const value = await attempt();
      if (value) return value;
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}: ${error.message}`);
    }
    if (Date.now() > end) throw new Error(`in vain for ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Serves the site. */
export async function serve() {
  const port = await freePort();
  const server = spawn(matinee, ['serve', '--site', path.join(root, 'dist'), '--port', String(port)], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}/`;
  await eventually('the site is served', async () => (await fetch(address)).ok);
  let stopped;
  const stop = () =>
    (stopped ??= new Promise((resolve) => {
      if (server.exitCode !== null) resolve();
      server.once('exit', () => resolve());
      server.kill();
    }));
  return { address, stop };
}
