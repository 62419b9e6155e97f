import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Case } from './cases.ts';
import { ToldToComeBack } from './told-to-come-back.ts';

/** Sends one request and resolves when it was acknowledged; rejects with `ToldToComeBack` when that may help. */
export interface Sender {
  send(body: Uint8Array): Promise<void>;
  close(): void;
}

/**
 * HTTP/1.1 over plain sockets, one request at a time on each: a client that costs next to nothing, so that one core can
 * load another. Answers must state their length.
 */
export async function openHttpSender(
  port: number,
  { signal, compression }: Case,
  connections: number,
): Promise<Sender> {
  const encoding = compression === 'gzip' ? 'Content-Encoding: gzip\r\n' : '';
  const head = `POST /v1/${signal} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-protobuf\r\n${encoding}`;
  const idle = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const all = [...idle];
  return {
    async send(body) {
      const waiting = idle.pop();
      if (waiting === undefined) throw new Error('more requests at once than connections');
      // One that was idle for long may have been closed by the server.
      const connection = waiting.isClosed ? await Connection.open(port) : waiting;
      if (connection !== waiting) all.push(connection);
      try {
        await connection.send(`${head}Content-Length: ${body.byteLength}\r\n\r\n`, body);
      } finally {
        idle.push(connection);
      }
    },
    close: () => all.forEach((connection) => connection.close()),
  };
}

class Connection {
  private readonly socket: Socket;
  private answer = '';
  private settle: ((error?: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.take(text));
    socket.on('error', (error) => this.settle?.(error));
    socket.on('close', () => this.settle?.(new Error('connection closed')));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  send(head: string, body: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settle = (error) => (error === undefined ? resolve() : reject(error));
      this.socket.cork();
      this.socket.write(head, 'latin1');
      this.socket.write(body);
      this.socket.uncork();
    });
  }

  get isClosed(): boolean {
    return this.socket.destroyed || this.socket.readableEnded;
  }

  close(): void {
    this.settle = undefined;
    this.socket.destroy();
  }

  private take(text: string): void {
    this.answer += text;
    const end = this.answer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(this.answer)?.[1] ?? NaN);
    if (this.answer.length < end + 4 + length) return;
    const error = Number.isNaN(length) ? new Error('answered without a length') : failureOf(this.answer);
    this.answer = '';
    const { settle } = this;
    this.settle = undefined;
    settle?.(error);
  }
}

function failureOf(answer: string): Error | undefined {
  const status = answer.slice(9, 12);
  if (status === '200') return undefined;
  const said = `answered ${answer.slice(0, 500)}`;
  return ['429', '503'].includes(status) ? new ToldToComeBack(said) : new Error(said);
}
