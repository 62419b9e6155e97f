import { type RequestHead } from '../../runtime/http1/request-head.ts';
import { type AfterAnswer, type RequestTaker, type ServerConnection } from '../../runtime/http1/server-connection.ts';
import { type FlatHeaders } from '../cors.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type HttpAnswer, writeAnswer } from './http-reply.ts';

export interface ResponderParts {
  readonly connection: ServerConnection;
  readonly head: RequestHead;
  /** Of CORS; on every answer. */
  readonly headers: FlatHeaders;
  readonly context: ReceiverContext;
}

/** Answers one request, with what its sender has asked for beside: whether a body follows, and whether more requests do. */
export class Responder {
  readonly #parts: ResponderParts;
  /** The sender has been told to send its body, or did not wait for that. */
  #bodyComes: boolean;

  constructor(parts: ResponderParts) {
    this.#parts = parts;
    this.#bodyComes = !parts.head.waitsForContinue;
  }

  /** The body is wanted. */
  goOn(): void {
    if (this.#bodyComes) return;
    this.#bodyComes = true;
    this.#parts.connection.goOn();
  }

  respond(taker: RequestTaker, answer: HttpAnswer): void {
    const { connection, head, headers, context } = this.#parts;
    const after = this.#after();
    const bytes = writeAnswer(answer, {
      more: headers,
      closes: after !== 'next',
      idleMs: context.options.idleTimeout,
      hasBody: head.method !== 'HEAD',
      nowMs: context.clock.nowMs(),
    });
    connection.respond(taker, bytes, after);
  }

  cut(): void {
    this.#parts.connection.destroy();
  }

  #after(): AfterAnswer {
    if (!this.#bodyComes) return 'end_now';
    return this.#parts.head.keepsAlive && !this.#parts.context.isLeaving() ? 'next' : 'end';
  }
}
