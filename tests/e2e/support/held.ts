// The built site from a server that holds back most of the model until it is told to go on.
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { dist } from './app';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface Held {
  url: string;
  /** Sends the rest. */
  release: () => void;
  close: () => void;
}

/** Serves the site, and of the model only `part` (0 to 1) until released. */
export async function holdModel(part: number): Promise<Held> {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const server = createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://site').pathname;
    const file = path.join(dist, name === '/' ? 'index.html' : path.normalize(name));
    if (!fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const body = fs.readFileSync(file);
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': body.length });
    if (file.endsWith('.matinee')) {
      const cut = Math.floor(body.length * part);
      response.write(body.subarray(0, cut));
      await released;
      response.end(body.subarray(cut));
    } else {
      response.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/`, release, close };
}
