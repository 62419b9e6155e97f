import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** JSON, one object a line, over a TCP connection. */
export interface LineSocket {
  send(value: unknown): void;
  onLine(handle: (value: unknown) => void): void;
  onClose(handle: () => void): void;
  close(): void;
}

export function createLineSocket(socket: Socket): LineSocket {
  const lines = createInterface({ input: socket });
  // A broken connection also ends in `close`, which is where it is dealt with.
  for (const part of [socket, lines]) part.on('error', () => socket.destroy());
  return {
    send: (value) => {
      if (socket.writable) socket.write(`${JSON.stringify(value)}\n`);
    },
    onLine: (handle) => lines.on('line', (line) => handle(JSON.parse(line))),
    onClose: (handle) => socket.on('close', handle),
    close: () => socket.destroy(),
  };
}
