import { type Duplex } from 'node:stream';
import { type HeaderFields } from '../../runtime/http-headers.ts';
import { ErrorCode } from '../../runtime/http2/frames.ts';
import { ServerSession } from '../../runtime/http2/server-session.ts';
import { type ServerStream } from '../../runtime/http2/server-stream.ts';
import { type ServerSessionHandler } from '../../runtime/http2/session-handler.ts';
import { ByteBudget } from '../byte-budget.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type ConnectionEnd } from '../receiver-metrics.ts';
import { type Timed } from '../timed-set.ts';
import { GrpcCall } from './grpc-call.ts';
import { type GrpcHead, type GrpcRefusal, type GrpcRoutes, isGrpc, readGrpcHead } from './grpc-head.ts';
import { replyNotGrpc, replyStatus } from './grpc-reply.ts';
import { answerForeign } from './other-protocol.ts';

/**
 * One HTTP/2 connection: its share of the byte budget, and whether it is alive. A connection must begin with HTTP/2, then
 * answer pings, and is let go (GOAWAY) when it has had no request for a while, so that idle ones cannot crowd out others.
 */
export class GrpcConnection implements Timed, ServerSessionHandler {
  deadlineMs: number;
  place = -1;
  readonly #context: ReceiverContext;
  readonly #routes: GrpcRoutes;
  readonly #socket: Duplex;
  readonly #session: ServerSession;
  readonly #budget: ByteBudget;
  #state: 'new' | 'alive' | 'pinged' | 'leaving' = 'new';
  #lastUseMs: number;
  #lastHeaders: HeaderFields | undefined;
  #lastHead: GrpcHead | GrpcRefusal | undefined;

  constructor(context: ReceiverContext, routes: GrpcRoutes, socket: Duplex) {
    const { grpc, headerTimeout, maxInFlightPerConnection } = context.options;
    this.#context = context;
    this.#routes = routes;
    this.#socket = socket;
    this.#budget = new ByteBudget(maxInFlightPerConnection);
    this.#lastUseMs = context.clock.monotonicMs();
    this.deadlineMs = this.#lastUseMs + headerTimeout;
    const streamWindow = Math.min(grpc.streamWindow, grpc.connectionWindow);
    this.#session = new ServerSession(socket, { ...grpc, streamWindow }, this);
  }

  expire(): void {
    switch (this.#state) {
      case 'new':
        this.#end('no_handshake');
        break;
      case 'pinged':
        this.#end('no_ping');
        break;
      case 'leaving':
        this.#session.destroy();
        break;
      case 'alive':
        if (this.#isIdle()) this.leave('idle');
        else this.#ping();
    }
  }

  /** GOAWAY: no new calls, the open ones are finished. */
  leave(reason?: ConnectionEnd): void {
    if (this.#session.isLeaving) return;
    if (reason !== undefined) this.#context.metrics.connectionClosed('grpc', reason);
    this.#leaveSoon();
    this.#session.leave();
  }

  greeted(): void {
    this.alive();
  }

  request(stream: ServerStream, headers: HeaderFields): void {
    const head = this.#headOf(headers);
    if (head.kind === 'head') {
      new GrpcCall(this.#context, this.#budget, { stream, head }).start();
      return;
    }
    this.#context.metrics.refused('grpc', head.signal, head.cause);
    if (isGrpc(headers['content-type'])) replyStatus(stream, head, this.#context.options.retryAfter);
    else replyNotGrpc(stream, head);
  }

  alive(): void {
    if (this.#state === 'leaving') return;
    this.#state = 'alive';
    const { idleTimeout, grpc } = this.#context.options;
    const untilIdle = this.#session.openStreams > 0 ? Infinity : Math.max(0, idleTimeout - this.#idleSinceMs());
    this.deadlineMs = this.#context.clock.monotonicMs() + Math.min(grpc.pingInterval, untilIdle);
  }

  idle(): void {
    this.#lastUseMs = this.#context.clock.monotonicMs();
  }

  foreign(first: Buffer): void {
    this.#context.metrics.connectionClosed('grpc', 'protocol');
    this.#leaveSoon();
    answerForeign(this.#socket, first);
  }

  broken(code: number): void {
    this.#context.metrics.connectionClosed('grpc', code === ErrorCode.enhanceYourCalm ? 'flood' : 'protocol');
    this.#context.logger.debug({ code }, 'A gRPC connection ended with a protocol error.');
    this.#leaveSoon();
  }

  /** Headers are the same object as long as they say the same. */
  #headOf(headers: HeaderFields): GrpcHead | GrpcRefusal {
    if (headers === this.#lastHeaders && this.#lastHead !== undefined) return this.#lastHead;
    this.#lastHeaders = headers;
    this.#lastHead = readGrpcHead(this.#context, this.#routes, headers);
    return this.#lastHead;
  }

  /** Whoever does not go by itself is cut off. */
  #leaveSoon(): void {
    this.#state = 'leaving';
    this.deadlineMs = this.#context.clock.monotonicMs() + this.#context.options.headerTimeout;
  }

  #end(reason: ConnectionEnd): void {
    this.#context.metrics.connectionClosed('grpc', reason);
    this.#session.destroy();
  }

  #isIdle(): boolean {
    return this.#session.openStreams === 0 && this.#idleSinceMs() >= this.#context.options.idleTimeout;
  }

  #idleSinceMs(): number {
    return this.#context.clock.monotonicMs() - this.#lastUseMs;
  }

  #ping(): void {
    this.#state = 'pinged';
    this.deadlineMs = this.#context.clock.monotonicMs() + this.#context.options.grpc.pingTimeout;
    this.#session.ping();
  }
}
