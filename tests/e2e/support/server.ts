// A server of a journey's own, to be stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';
import { expect } from '@playwright/test';
import { matinee } from './app';

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export async function serve(site: string, address: string): Promise<ChildProcess> {
  const server = spawn(matinee, ['serve', '--site', site, '--port', new URL(address).port], { stdio: 'ignore' });
  await expect(async () => {
    expect((await fetch(address)).ok).toBe(true);
  }).toPass();
  return server;
}

export function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) {
      resolve();
      return;
    }
    server.once('exit', () => resolve());
    server.kill();
  });
}
