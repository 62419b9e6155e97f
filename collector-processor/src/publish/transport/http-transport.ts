import type { Signal } from '../../model/signal.ts';
import type { Clock } from '../../runtime/clock.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { ClientConnection, ClientRequest } from '../../runtime/http1/client-connection.ts';
import type { ResponseHead } from '../../runtime/http1/response-head.ts';
import { HttpConnections, type HttpJob } from './http-connections.ts';
import { HttpHeads } from './http-heads.ts';
import { readHttpReply } from './http-reply.ts';
import { type ConnectionOptions, MAX_RESPONSE_BYTES, type SendOutcome, type Transport } from './transport.ts';
import { whenTimeIsUp } from './when-time-is-up.ts';

export interface HttpTransportParts {
  readonly connection: ConnectionOptions;
  /** Whole path for each signal. */
  readonly paths: Readonly<Record<Signal, string>>;
  readonly serverErrorsPass: boolean;
  readonly clock: Clock;
}

/** Why a connection ends whose backend has not answered in time. */
export const GIVEN_UP = 'given up';

/** OTLP over HTTP/1.1 with as many connections as requests may be under way. */
export function createHttpTransport({ connection, paths, serverErrorsPass, clock }: HttpTransportParts): Transport {
  const connections = new HttpConnections(connection);
  const heads = new HttpHeads(connection, paths);

  return {
    send(request) {
      return new Promise((resolve) => {
        const { parts, byteLength, signal } = request;
        try {
          const sent = { head: heads.of(request), parts, byteLength };
          const attempt = new Attempt({ request: sent, signal, serverErrorsPass, clock, resolve });
          attempt.limit(connection.timeout);
          connections.send(attempt);
        } catch (error) {
          resolve({ kind: 'retry', reason: messageOf(error), throttled: false });
        }
      });
    },
    close: () => connections.destroy(),
  };
}

interface AttemptParts {
  readonly request: ClientRequest;
  readonly signal: Signal;
  readonly serverErrorsPass: boolean;
  readonly clock: Clock;
  readonly resolve: (outcome: SendOutcome) => void;
}

/** One attempt. Whatever happens first decides the outcome; everything after it is ignored. */
class Attempt implements HttpJob {
  readonly #parts: AttemptParts;
  #timer: NodeJS.Timeout | undefined;
  #connection: ClientConnection | undefined;
  #head: ResponseHead | undefined;
  #body: Buffer[] = [];
  #length = 0;
  isOver = false;

  constructor(parts: AttemptParts) {
    this.#parts = parts;
  }

  get request(): ClientRequest {
    return this.#parts.request;
  }

  limit(timeoutMs: number): void {
    this.#timer = whenTimeIsUp(timeoutMs, () => {
      if (this.isOver) return;
      this.#settle({ kind: 'retry', reason: `no answer within ${timeoutMs} ms`, throttled: false });
      this.#connection?.destroy(GIVEN_UP);
    });
  }

  begins(connection: ClientConnection): void {
    this.#connection = connection;
  }

  head(head: ResponseHead): void {
    this.#head = head;
  }

  data(piece: Buffer): void {
    if (this.isOver) return;
    this.#length += piece.length;
    if (this.#length <= MAX_RESPONSE_BYTES) {
      this.#body.push(Buffer.from(piece));
      return;
    }
    // The status is known, and no honest answer is that long: what has come is enough for the reason.
    this.end();
    this.#connection?.destroy('the answer is longer than Sentinel reads');
  }

  end(): void {
    if (this.#head !== undefined) this.#answered(this.#head);
  }

  failed(reason: string): void {
    // A connection that broke within the body of a 2xx has delivered all the same.
    if (this.#head !== undefined && this.#head.status < 300) this.#answered(this.#head);
    else this.#settle({ kind: 'retry', reason, throttled: false });
  }

  #answered({ status, headers }: ResponseHead): void {
    const { signal, serverErrorsPass, clock } = this.#parts;
    const outcome = readHttpReply({
      signal,
      status,
      contentType: headers['content-type'] ?? '',
      retryAfter: headers['retry-after'],
      body: Buffer.concat(this.#body),
      nowMs: clock.nowMs(),
      serverErrorsPass,
    });
    const unflushed = outcome.kind === 'delivered' && this.#connection?.isWriting === true;
    this.#settle(unflushed ? { ...outcome, unflushed } : outcome);
  }

  #settle(outcome: SendOutcome): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.#timer);
    this.#parts.resolve(outcome);
  }
}
