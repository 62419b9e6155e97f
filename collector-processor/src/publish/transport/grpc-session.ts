import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ClientSession } from '../../runtime/http2/client-session.ts';
import type { AnswerHandler, ClientRequest, ClientStream } from '../../runtime/http2/client-stream.ts';
import { openSocket, whenConnected } from './open-socket.ts';
import type { ConnectionOptions } from './transport.ts';

/**
 * One HTTP/2 connection, opened when it is needed and replaced when it is closing. Requests sent while it connects wait
 * inside it; when it cannot connect they all end with the connection's error.
 */
export class GrpcSession {
  readonly #options: ConnectionOptions;
  #current: Connection | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  send(request: ClientRequest, answer: AnswerHandler): ClientStream {
    return this.#usable().send(request, answer);
  }

  /** After a time-out: a peer that does not even answer a ping is gone, and the connection with it. */
  probe(): void {
    this.#current?.probe();
  }

  async close(): Promise<void> {
    await this.#current?.close();
  }

  #usable(): Connection {
    const current = this.#current;
    if (current?.isUsable === true) return current;
    const created = new Connection(this.#options);
    this.#current = created;
    return created;
  }
}

class Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #session: ClientSession;
  readonly #idleTimer: NodeJS.Timeout;
  readonly #connecting: NodeJS.Timeout;
  #ping: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions) {
    const { connectTimeout, keepAlive } = options;
    this.#options = options;
    this.#socket = openSocket(options, 'h2');
    this.#connecting = setTimeout(() => {
      this.#session.destroy(`no connection within ${connectTimeout} ms`);
    }, connectTimeout);
    whenConnected(this.#socket, options, () => this.#connected());
    this.#session = new ClientSession(this.#socket, {
      explain,
      alive: () => this.#endPing(),
      closed: () => this.#clear(),
    });
    // Idle, not stuck: requests that are still open are left to their own time-outs.
    this.#idleTimer = setTimeout(() => this.#rest(), keepAlive).unref();
  }

  get isUsable(): boolean {
    return this.#session.isUsable;
  }

  send(request: ClientRequest, answer: AnswerHandler): ClientStream {
    this.#idleTimer.refresh();
    return this.#session.open(request, answer);
  }

  probe(): void {
    if (this.#socket.connecting || this.#socket.destroyed || this.#ping !== undefined) return;
    this.#ping = setTimeout(() => this.#session.destroy('no answer to a ping'), this.#options.connectTimeout);
    this.#session.ping();
  }

  close(): Promise<void> {
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#session.destroy('the connection was closed');
    });
  }

  #connected(): void {
    clearTimeout(this.#connecting);
    const { alpnProtocol } = this.#socket instanceof TLSSocket ? this.#socket : { alpnProtocol: 'h2' };
    if (alpnProtocol !== 'h2') this.#session.destroy('The other side agrees to no HTTP/2');
  }

  #rest(): void {
    if (this.#session.openStreams === 0) this.#session.leave();
    else this.#idleTimer.refresh();
  }

  #clear(): void {
    clearTimeout(this.#connecting);
    clearTimeout(this.#idleTimer);
    this.#endPing();
  }

  #endPing(): void {
    clearTimeout(this.#ping);
    this.#ping = undefined;
  }
}

function explain(code: number, greeted: boolean): string {
  if (greeted) return `the backend broke the rules of HTTP/2 (code ${code})`;
  const hint = 'Is it the port of OTLP over HTTP? Then make the backend an otlphttp';
  return `what listens there speaks no HTTP/2, which gRPC needs. ${hint}`;
}
