// What stands before the bucket, as deploy/matinee.yaml describes it: a default page, and headers on every answer.
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { matinee } from '../e2e/support/app';

export const store = process.env.MATINEE_STORE ?? 'http://127.0.0.1:8333';
const BUCKET = 'site';

const HEADERS: Record<string, string> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'access-control-allow-origin': '*',
};

export interface Edge {
  url: string;
  close: () => void;
}

/** Serves a folder of the bucket to anybody; `where` may say that a file is elsewhere in it. */
export async function edge(folder: string, where: Record<string, string> = {}): Promise<Edge> {
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://site');
    const asked = pathname === '/' ? 'index.html' : pathname.slice(1);
    const name = `/${where[asked] ?? asked}`;
    const there = ask(`${store}/${BUCKET}/${folder}${name}`, { method: incoming.method }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...HEADERS });
      answer.pipe(outgoing);
    });
    there.on('error', () => outgoing.writeHead(502).end());
    there.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the publisher's key and store are called, for the command-line tool. */
export const credentials = {
  ...process.env,
  AWS_ENDPOINT_URL: store,
  AWS_ACCESS_KEY_ID: 'publisher',
  AWS_SECRET_ACCESS_KEY: 'publisher-secret',
  AWS_REGION: 'us-east-1',
};

/** Runs the command-line tool with the publisher's key while the edge goes on serving; returns what it prints. */
export async function publisher(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(matinee, args, { encoding: 'utf8', env: credentials });
  return stdout;
}

export const to = (folder: string) => `s3://${BUCKET}/${folder}`;

/** The release that visitors see. */
export async function live(folder: string): Promise<number | undefined> {
  const lines = (await publisher('releases', '--json', '--to', to(folder))).trim().split('\n');
  return lines.map((line) => JSON.parse(line)).find((release) => release.live === 'live')?.number;
}
