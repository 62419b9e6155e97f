import { connect, type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2';
import { codeOf, messageOf } from '../../runtime/errors.ts';
import type { ConnectionOptions } from './transport.ts';

/** Node’s own bound on what one session may hold, in MB; the bound that counts is the backend’s queue. */
const MAX_SESSION_MEMORY = 1024;

/**
 * One HTTP/2 connection, opened when it is needed and replaced when it is closing. Streams asked for while it connects
 * wait inside it; when it cannot connect they all end with the connection's error.
 */
export class GrpcSession {
  readonly #options: ConnectionOptions;
  #session: ClientHttp2Session | undefined;
  #failure = '';
  /** The other side has spoken HTTP/2. */
  #greeted = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Why the last connection broke; streams that went down with it say little themselves. */
  get failure(): string {
    return this.#failure;
  }

  /** In words, of this session or of one of its streams. */
  explain(error: unknown): string {
    const message = messageOf(error);
    if (this.#greeted || codeOf(error) !== 'ERR_HTTP2_ERROR') return message;
    const hint = 'Is it the port of OTLP over HTTP? Then make the backend an otlphttp';
    return `${message}: what listens there speaks no HTTP/2, which gRPC needs. ${hint}`;
  }

  open(headers: OutgoingHttpHeaders): ClientHttp2Stream {
    return this.#usable().request(headers);
  }

  /** After a time-out: a peer that does not even answer a ping is gone, and the connection with it. */
  probe(): void {
    const session = this.#session;
    if (session === undefined || session.connecting || session.destroyed) return;
    const timer = setTimeout(() => session.destroy(new Error('no answer to a ping')), this.#options.connectTimeout);
    const sent = session.ping(() => clearTimeout(timer));
    if (!sent) clearTimeout(timer);
  }

  close(): Promise<void> {
    const session = this.#session;
    if (session === undefined || session.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      session.once('close', resolve);
      session.destroy();
    });
  }

  #usable(): ClientHttp2Session {
    const current = this.#session;
    if (current !== undefined && !current.closed && !current.destroyed) return current;
    const created = this.#connect();
    this.#session = created;
    return created;
  }

  #connect(): ClientHttp2Session {
    const { endpoint, tls, connectTimeout, keepAlive } = this.#options;
    const session = connect(endpoint.origin, {
      ...tls,
      maxSessionMemory: MAX_SESSION_MEMORY,
      settings: { enablePush: false },
    });
    const connecting = setTimeout(() => {
      session.destroy(new Error(`no connection within ${connectTimeout} ms`));
    }, connectTimeout);
    this.#failure = '';
    this.#greeted = false;
    session.once('remoteSettings', () => (this.#greeted = true));
    session.once('connect', () => clearTimeout(connecting));
    session.once('close', () => clearTimeout(connecting));
    session.on('error', (error: unknown) => {
      this.#failure = this.explain(error);
    });
    // Idle, not stuck: a graceful close leaves streams that are still open to their own time-outs.
    session.setTimeout(keepAlive, () => session.close());
    return session;
  }
}
