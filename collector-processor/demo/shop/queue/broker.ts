import { createServer } from 'node:net';
import { numberOf, textOf } from '../json-body.ts';
import { createLineSocket, type LineSocket } from './line-socket.ts';

/** Messages that may wait; further ones are refused. */
const MAX_DEPTH = 5_000;

export interface Broker {
  readonly port: number;
  depth(): number;
  /** Seconds that the oldest message has waited; 0 when none waits. */
  oldestAgeSeconds(): number;
  delivered(): number;
  stop(): Promise<void>;
}

interface Waiting {
  readonly line: string;
  readonly since: number;
}

interface Taker {
  readonly socket: LineSocket;
  readonly id: number;
}

/**
 * One queue in memory. Producers send `{op:'publish', id, message}` and get `{op:'ack'|'full', id}`; consumers send
 * `{op:'take', id}` and get `{op:'message', id, message}` as soon as there is one. `persist` is waited for before a
 * message counts as taken.
 */
export async function startBroker(persist: () => Promise<void>): Promise<Broker> {
  const messages: Waiting[] = [];
  let takers: Taker[] = [];
  let delivered = 0;

  function deliver(): void {
    while (messages.length > 0 && takers.length > 0) {
      const taker = takers.shift();
      const message = messages.shift();
      taker?.socket.send({ op: 'message', id: taker.id, message: message?.line });
      delivered += 1;
    }
  }

  async function accept(request: unknown): Promise<'ack' | 'full'> {
    if (messages.length >= MAX_DEPTH) return 'full';
    await persist();
    messages.push({ line: textOf(request, 'message'), since: performance.now() });
    return 'ack';
  }

  async function receive(socket: LineSocket, request: unknown): Promise<void> {
    const id = numberOf(request, 'id');
    if (textOf(request, 'op') === 'take') takers.push({ socket, id });
    else socket.send({ op: await accept(request), id });
    deliver();
  }

  const sockets = new Set<LineSocket>();
  const server = createServer({ noDelay: true }, (raw) => {
    const socket = createLineSocket(raw);
    sockets.add(socket);
    socket.onLine((request) => void receive(socket, request));
    socket.onClose(() => {
      sockets.delete(socket);
      takers = takers.filter((taker) => taker.socket !== socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    depth: () => messages.length,
    oldestAgeSeconds: () => (messages[0] === undefined ? 0 : (performance.now() - messages[0].since) / 1000),
    delivered: () => delivered,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.close();
      }),
  };
}
