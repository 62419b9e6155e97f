import { type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { ByteBudget } from '../byte-budget.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type ConnectionEnd } from '../receiver-metrics.ts';
import { type Timed } from '../timed-set.ts';
import { GrpcCall } from './grpc-call.ts';
import { type GrpcRoutes, isGrpc, readGrpcHead } from './grpc-head.ts';
import { replyNotGrpc, replyStatus } from './grpc-reply.ts';

/**
 * One HTTP/2 connection: its share of the byte budget, and whether it is alive. A connection must begin with HTTP/2, then
 * answer pings, and is let go (GOAWAY) when it has had no request for a while, so that idle ones cannot crowd out others.
 */
export class GrpcConnection implements Timed {
  deadlineMs: number;
  place = -1;
  readonly #context: ReceiverContext;
  readonly #routes: GrpcRoutes;
  readonly #session: ServerHttp2Session;
  readonly #budget: ByteBudget;
  #state: 'new' | 'alive' | 'pinged' | 'leaving' = 'new';
  #openStreams = 0;
  #lastUseMs: number;

  constructor(context: ReceiverContext, routes: GrpcRoutes, session: ServerHttp2Session) {
    this.#context = context;
    this.#routes = routes;
    this.#session = session;
    this.#budget = new ByteBudget(context.options.maxInFlightPerConnection);
    this.#lastUseMs = context.clock.monotonicMs();
    this.deadlineMs = this.#lastUseMs + context.options.headerTimeout;
    session.setLocalWindowSize(context.options.grpc.connectionWindow);
    session.once('remoteSettings', () => this.#alive());
    session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => this.#open(stream, headers));
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
        this.#end('idle');
        break;
      case 'alive':
        if (this.#isIdle()) this.leave('idle');
        else this.#ping();
    }
  }

  /** GOAWAY: no new calls, the open ones are finished. */
  leave(reason?: ConnectionEnd): void {
    if (this.#session.destroyed || this.#session.closed) return;
    if (reason !== undefined) this.#context.metrics.connectionClosed('grpc', reason);
    this.#state = 'leaving';
    this.deadlineMs = this.#context.clock.monotonicMs() + this.#context.options.headerTimeout;
    this.#session.close();
  }

  #end(reason: ConnectionEnd): void {
    this.#context.metrics.connectionClosed('grpc', reason);
    this.#session.destroy();
  }

  #open(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on('error', leaveToClose);
    this.#openStreams++;
    stream.once('close', () => this.#closed());
    const head = readGrpcHead(this.#context, this.#routes, headers);
    if (head.kind === 'head') {
      new GrpcCall(this.#context, this.#budget, { stream, head }).start();
      return;
    }
    this.#context.metrics.refused('grpc', head.signal, head.cause);
    if (isGrpc(headers['content-type'])) replyStatus(stream, head, this.#context.options.retryAfter);
    else replyNotGrpc(stream, head);
  }

  #closed(): void {
    this.#openStreams--;
    this.#lastUseMs = this.#context.clock.monotonicMs();
  }

  #isIdle(): boolean {
    return this.#openStreams === 0 && this.#idleSinceMs() >= this.#context.options.idleTimeout;
  }

  #idleSinceMs(): number {
    return this.#context.clock.monotonicMs() - this.#lastUseMs;
  }

  #alive(): void {
    if (this.#state === 'leaving') return;
    this.#state = 'alive';
    const { idleTimeout, grpc } = this.#context.options;
    const untilIdle = this.#openStreams > 0 ? Infinity : Math.max(0, idleTimeout - this.#idleSinceMs());
    this.deadlineMs = this.#context.clock.monotonicMs() + Math.min(grpc.pingInterval, untilIdle);
  }

  #ping(): void {
    this.#state = 'pinged';
    this.deadlineMs = this.#context.clock.monotonicMs() + this.#context.options.grpc.pingTimeout;
    this.#session.ping((error) => {
      if (error === null) this.#alive();
    });
  }
}

/** A stream's error is followed by its `close`, which settles and counts the exchange. */
function leaveToClose(): void {
  // Without a listener Node would end the process.
}
