import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

import { spanBytes } from './bodies.ts';
import { type HostileCase, only, post, times } from './hostile-case.ts';

/** A backend that answers without end, with headers that claim success. Its port, and how to end it. */
export async function startEndlessBackend(): Promise<{ readonly port: number; close(): void }> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\n\r\n');
      const pour = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(256 * 1024, 'x')));
      };
      socket.on('drain', pour);
      pour();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** Run against a target whose second backend is endless. */
export const backendCases: readonly HostileCase[] = [
  {
    name: 'a backend whose answers never end',
    cve: 'CVE-2026-39882, CVE-2026-44967',
    async run(target) {
      const statuses = await times(60, 12, (seed) => post(target, spanBytes({ service: 'a', count: 20, seed })));
      return only([200], statuses);
    },
  },
];
