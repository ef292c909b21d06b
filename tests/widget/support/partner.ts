// A partner's own server: the magazine of `static/partner`, and small pages, each under a policy of its own.
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { root } from '../../e2e/support/app';

const MAGAZINE = path.join(root, 'static/partner');
const PAGES = path.resolve(__dirname, '../pages');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** As strict as a page with the widget can be: what docs/embedding.md names, and no string may become a script. */
const strict = (publisher: string, framed: boolean) =>
  [
    "default-src 'none'",
    `script-src 'self' ${publisher}${framed ? '' : " 'wasm-unsafe-eval'"}`,
    "style-src 'self'",
    // A frame needs no more than to be there.
    framed ? '' : `connect-src ${publisher}`,
    `frame-src 'self' ${publisher}`,
    "img-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ]
    .filter(Boolean)
    .join('; ');

export interface Partner {
  origin: string;
  /** The address of a page of `pages`; each `{{name}}` in it is filled from `holes`. */
  page(name: string, holes?: Record<string, string>): string;
  /** The same without a policy. */
  lax(name: string, holes?: Record<string, string>): string;
  magazine: string;
  close(): void;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** Serves on a free port of `localhost`, which to a browser is another site than 127.0.0.1, where the publisher is. */
export async function partner(publisher: string): Promise<Partner> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://partner');
    const magazine = pathname.startsWith('/partner/');
    const name = path.normalize(magazine ? pathname.slice('/partner'.length) : pathname);
    const file = path.join(magazine ? MAGAZINE : PAGES, name.endsWith('/') ? `${name}index.html` : name);
    if (!fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    const headers: Record<string, string> = { 'content-type': type };
    let body = fs.readFileSync(file, 'utf8');
    if (file.endsWith('.html')) {
      if (!searchParams.has('lax')) headers['content-security-policy'] = strict(publisher, name === '/frame.html');
      body = magazine
        ? body.replace('"../widget/', `"${publisher}/widget/`)
        : body.replace(/\{\{(\w+)\}\}/g, (_, hole) => (hole === 'publisher' ? publisher : escaped(searchParams.get(hole) ?? '')));
    }
    response.writeHead(200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const page = (name: string, holes: Record<string, string> = {}) => `${origin}/${name}?${new URLSearchParams(holes)}`;
  return {
    origin,
    page,
    lax: (name, holes) => page(name, { ...holes, lax: '' }),
    magazine: `${origin}/partner/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
