import { type Socket } from 'node:net';
import { type HeadFault, type RequestHead } from '../../runtime/http1/request-head.ts';
import {
  type RequestTaker,
  ServerConnection,
  type ServerConnectionHandler,
} from '../../runtime/http1/server-connection.ts';
import { ByteBudget } from '../byte-budget.ts';
import { type Cors, type FlatHeaders } from '../cors.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type ConnectionEnd } from '../receiver-metrics.ts';
import { type Timed } from '../timed-set.ts';
import { broken } from './broken.ts';
import { HttpCall } from './http-call.ts';
import { type HttpRoutes, readHttpHead } from './http-head.ts';
import { type HttpAnswer, preflightAnswer, refusalAnswer } from './http-reply.ts';
import { Responder } from './responder.ts';

export interface HttpPremises {
  readonly context: ReceiverContext;
  readonly routes: HttpRoutes;
  readonly cors: Cors | undefined;
}

const noHeaders: FlatHeaders = [];
/** A sender that was told how long it may stay idle is not cut off while it believes that it still may. */
const IDLE_GRACE_MS = 1000;

/**
 * One HTTP/1.1 connection: its share of the byte budget, and how long it is waited for: for the head of a request, for the
 * next request, and for the end of one that was refused by its head. In between the exchange watches the time.
 */
export class HttpConnection implements Timed, ServerConnectionHandler {
  deadlineMs: number;
  place = -1;
  readonly #premises: HttpPremises;
  readonly #socket: Socket;
  readonly #connection: ServerConnection;
  readonly #budget: ByteBudget;
  #waitsFor: 'head' | 'next' | 'request' | 'end' = 'head';

  constructor(premises: HttpPremises, socket: Socket) {
    const { http, headerTimeout, maxInFlightPerConnection } = premises.context.options;
    this.#premises = premises;
    this.#socket = socket;
    this.#budget = new ByteBudget(maxInFlightPerConnection);
    this.deadlineMs = premises.context.clock.monotonicMs() + headerTimeout;
    this.#connection = new ServerConnection(socket, http.maxHeaderSize, this);
  }

  expire(): void {
    if (this.#waitsFor === 'head') this.#break('slow_headers');
    else {
      if (this.#waitsFor === 'next') this.#count('idle');
      this.#connection.destroy();
    }
  }

  /** Ends now when it is idle, otherwise with the answer to what it sends. */
  leave(): void {
    if (this.#waitsFor === 'next') this.#connection.end();
  }

  began(): void {
    if (this.#waitsFor === 'next') this.#wait('head', this.#premises.context.options.headerTimeout);
  }

  idle(): void {
    this.#wait('next', this.#premises.context.options.idleTimeout + IDLE_GRACE_MS);
  }

  ending(): void {
    this.#wait('end', this.#premises.context.options.headerTimeout);
  }

  broken(fault: HeadFault | 'too_large'): void {
    this.#break(fault);
  }

  request(head: RequestHead): RequestTaker {
    const { context, routes, cors } = this.#premises;
    const { origin } = head.headers;
    const responder = (headers: FlatHeaders): Responder =>
      new Responder({ connection: this.#connection, head, headers, context });
    const requested = head.headers['access-control-request-method'];
    if (cors !== undefined && origin !== undefined && head.method === 'OPTIONS' && requested !== undefined) {
      const asked = head.headers['access-control-request-headers'] ?? '';
      return this.#answered(responder(noHeaders), preflightAnswer(cors.preflight(origin, asked)));
    }
    const headers = cors === undefined ? noHeaders : cors.response(origin);
    const read = readHttpHead(context, routes, head);
    if (read.kind === 'head') {
      this.#wait('request', Infinity);
      return new HttpCall(context, this.#budget, { head: read, responder: responder(headers) });
    }
    context.metrics.refused('http', read.signal, read.cause);
    return this.#answered(responder(headers), refusalAnswer(read, read.encoding, context.options.retryAfter));
  }

  /** A request that needs no body to be answered; the body is thrown away. */
  #answered(responder: Responder, answer: HttpAnswer): RequestTaker {
    const { headerTimeout, receiveTimeout } = this.#premises.context.options;
    this.#wait('request', headerTimeout + receiveTimeout);
    return {
      start() {
        responder.respond(this, answer);
      },
      data: () => undefined,
      end: () => undefined,
      closed: () => undefined,
    };
  }

  /** What cannot be read as HTTP gets a line that helps, unless it would be taken for the answer to an earlier request. */
  #break(fault: keyof typeof broken): void {
    const { reason, answer } = broken[fault];
    this.#count(reason);
    if (this.#socket.bytesWritten > 0 || !this.#socket.writable) this.#connection.destroy();
    else {
      this.#socket.write(answer);
      this.#connection.end();
    }
  }

  #count(reason: ConnectionEnd): void {
    this.#premises.context.metrics.connectionClosed('http', reason);
  }

  #wait(forWhat: 'head' | 'next' | 'request' | 'end', ms: number): void {
    this.#waitsFor = forWhat;
    this.deadlineMs = this.#premises.context.clock.monotonicMs() + ms;
  }
}
