import { connect } from 'node:net';
import { numberOf, textOf } from '../json-body.ts';
import { ShopError } from '../shop-error.ts';
import { createLineSocket, type LineSocket } from './line-socket.ts';

const ANSWER_MS = 5_000;

export interface QueueClient {
  publish(message: string): Promise<void>;
  /** Resolves with the next message, however long that takes. */
  take(): Promise<string>;
  close(): void;
}

interface Pending {
  answer(reply: unknown): void;
  fail(error: Error): void;
}

/** A connection to the broker, opened at the first use and again after it broke. */
export function createQueueClient(port: () => Promise<number>): QueueClient {
  const pending = new Map<number, Pending>();
  let connection: Promise<LineSocket> | undefined;
  let lastId = 0;

  async function open(): Promise<LineSocket> {
    const socket = createLineSocket(connect({ port: await port(), host: '127.0.0.1', noDelay: true }));
    socket.onLine((reply) => pending.get(numberOf(reply, 'id'))?.answer(reply));
    socket.onClose(() => {
      connection = undefined;
      for (const request of pending.values()) request.fail(unreachable());
    });
    return socket;
  }

  async function ask(request: object, limitMs?: number): Promise<unknown> {
    connection ??= open();
    const socket = await connection;
    lastId += 1;
    const id = lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    pending.set(id, { answer: resolve, fail: reject });
    const timer = limitMs === undefined ? undefined : setTimeout(() => reject(unreachable()), limitMs);
    socket.send({ ...request, id });
    return promise.finally(() => {
      clearTimeout(timer);
      pending.delete(id);
    });
  }

  return {
    async publish(message) {
      const reply = await ask({ op: 'publish', message }, ANSWER_MS);
      if (textOf(reply, 'op') === 'full') throw new ShopError('QueueFull', 503, 'the order queue is full');
    },
    take: async () => textOf(await ask({ op: 'take' }), 'message'),
    close: () => void connection?.then((socket) => socket.close()),
  };
}

function unreachable(): ShopError {
  return new ShopError('QueueUnreachable', 503, 'the order queue does not answer');
}
