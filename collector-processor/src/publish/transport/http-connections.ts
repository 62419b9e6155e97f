import {
  type AnswerTaker,
  ClientConnection,
  type ClientConnectionHandler,
  type ClientRequest,
} from '../../runtime/http1/client-connection.ts';
import type { ResponseHead } from '../../runtime/http1/response-head.ts';
import { openSocket, whenConnected } from './open-socket.ts';
import type { ConnectionOptions } from './transport.ts';

/** A request and who waits for its answer. */
export interface HttpJob extends AnswerTaker {
  readonly request: ClientRequest;
  /** Nobody waits any more. */
  readonly isOver: boolean;
  /** It leaves on that connection now. */
  begins(connection: ClientConnection): void;
}

/** A backend closes an idle connection after the time that it states; by then it must not be used any more. */
const EARLIER_MS = 1000;

/**
 * Connections to one backend, as many as requests may be under way, each kept alive; more requests wait in their order. The
 * one used last is used first, so that those which are not needed grow idle.
 */
export class HttpConnections implements ClientConnectionHandler {
  readonly #options: ConnectionOptions;
  /** All of them, each with the limit of its time to connect, later of its time to be idle. */
  readonly #open = new Map<ClientConnection, NodeJS.Timeout>();
  readonly #idle: ClientConnection[] = [];
  readonly #waiting: HttpJob[] = [];
  #whenEmpty: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  send(job: HttpJob): void {
    const connection = this.#takeIdle() ?? this.#another();
    if (connection === undefined) this.#waiting.push(job);
    else begin(connection, job);
  }

  /** Breaks what is under way. */
  async destroy(): Promise<void> {
    for (const job of this.#waiting.splice(0)) job.failed('the connection was closed');
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
      for (const connection of this.#open.keys()) connection.destroy('the connection was closed');
    });
  }

  idle(connection: ClientConnection, last: ResponseHead): void {
    const job = this.#nextJob();
    if (job !== undefined) begin(connection, job);
    else this.#rest(connection, last);
  }

  closed(connection: ClientConnection): void {
    clearTimeout(this.#open.get(connection));
    this.#open.delete(connection);
    this.#forgetIdle(connection);
    const job = this.#nextJob();
    if (job !== undefined) this.send(job);
    if (this.#open.size === 0) this.#whenEmpty?.();
  }

  #nextJob(): HttpJob | undefined {
    let job = this.#waiting.shift();
    while (job?.isOver === true) job = this.#waiting.shift();
    return job;
  }

  #takeIdle(): ClientConnection | undefined {
    let connection = this.#idle.pop();
    while (connection?.isUsable === false) connection = this.#idle.pop();
    return connection;
  }

  #another(): ClientConnection | undefined {
    const { maxConnections, connectTimeout } = this.#options;
    if (this.#open.size >= maxConnections) return undefined;
    const socket = openSocket(this.#options, 'http/1.1');
    const connection = new ClientConnection(socket, this);
    const tooLate = (): void => connection.destroy(`no connection within ${connectTimeout} ms`);
    const timer = setTimeout(tooLate, connectTimeout);
    this.#open.set(connection, timer);
    whenConnected(socket, this.#options, () => clearTimeout(timer));
    return connection;
  }

  #rest(connection: ClientConnection, last: ResponseHead): void {
    const limitMs = Math.min(this.#options.keepAlive, statedMs(last) - EARLIER_MS);
    this.#idle.push(connection);
    clearTimeout(this.#open.get(connection));
    const timer = setTimeout(() => {
      if (this.#forgetIdle(connection)) connection.destroy('it was idle');
    }, limitMs);
    this.#open.set(connection, timer.unref());
  }

  #forgetIdle(connection: ClientConnection): boolean {
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    return index >= 0;
  }
}

function begin(connection: ClientConnection, job: HttpJob): void {
  job.begins(connection);
  connection.send(job.request, job);
}

/** `Keep-Alive: timeout=5`; Infinity when the backend does not say. */
function statedMs({ headers }: ResponseHead): number {
  const seconds = /timeout=(\d{1,6})/i.exec(headers['keep-alive'] ?? '')?.[1];
  return seconds === undefined ? Infinity : Number(seconds) * 1000;
}
