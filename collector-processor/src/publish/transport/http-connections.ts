import type { Socket } from 'node:net';
import { buildConnector, Client } from 'undici';
import type { ConnectionOptions } from './transport.ts';

/** One connection that is kept alive, and opened again when it broke. One request at a time; more wait inside it. */
export class HttpConnection {
  readonly client: Client;
  #socket: Socket | undefined;
  requests = 0;

  constructor(origin: string, keepAlive: number, connect: buildConnector.connector) {
    this.client = new Client(origin, {
      pipelining: 1,
      allowH2: false,
      // One time-out for the whole attempt stands in for undici's two.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: keepAlive,
      keepAliveMaxTimeout: keepAlive,
      connect: (options, done) => {
        connect(options, (...result) => {
          this.#socket = result[1] ?? undefined;
          done(...result);
        });
      },
    });
  }

  /** Bytes of the last request have not left yet. */
  get isWriting(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed && this.#socket.writableLength > 0;
  }
}

/** Connections to one backend, as many as requests may be under way. The one used last is used first. */
export class HttpConnections {
  readonly #options: ConnectionOptions;
  readonly #connect: buildConnector.connector;
  readonly #all: HttpConnection[] = [];
  readonly #idle: HttpConnection[] = [];

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#connect = buildConnector({ ...options.tls, allowH2: false, timeout: options.connectTimeout });
  }

  /** To be given back with `free`. */
  take(): HttpConnection {
    const connection = this.#idle.pop() ?? this.#another();
    connection.requests++;
    return connection;
  }

  free(connection: HttpConnection): void {
    connection.requests--;
    if (connection.requests === 0) this.#idle.push(connection);
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#all.map(({ client }) => client.destroy()));
  }

  /** A new one; or the least busy one, when requests that were given up still hold theirs. */
  #another(): HttpConnection {
    const { endpoint, keepAlive, maxConnections } = this.#options;
    if (this.#all.length >= maxConnections) {
      return this.#all.reduce((least, one) => (one.requests < least.requests ? one : least));
    }
    const created = new HttpConnection(endpoint.origin, keepAlive, this.#connect);
    this.#all.push(created);
    return created;
  }
}
