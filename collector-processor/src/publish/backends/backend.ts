import type { ExportOutcome, ExportRequest } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { BackendBooks, type ForwardingStage } from '../delivery/backend-books.ts';
import { Breaker, type BreakerState } from '../delivery/breaker.ts';
import { DeliveryQueue } from '../delivery/delivery-queue.ts';
import type { Shipment } from '../delivery/shipment.ts';
import type { BackendOptions } from '../forward-options.ts';
import { createGrpcTransport } from '../transport/grpc-transport.ts';
import { createHttpTransport } from '../transport/http-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { type BackendPlan, planBackend } from './backend-plan.ts';
import { wireForm } from './wire-form.ts';

/** What the API shows of one backend. */
export interface BackendState {
  readonly name: string;
  readonly type: string;
  readonly signals: readonly Signal[];
  readonly breaker: BreakerState;
  readonly inFlight: number;
  /** Held in memory: under way, waiting, between attempts. */
  readonly queuedRequests: number;
  readonly queuedBytes: number;
  /** Bytes of the write-ahead log that it has not come past. */
  readonly loggedBytes?: number;
  readonly delivered: number;
  readonly retried: number;
  readonly refused: number;
  readonly lastSuccessMs?: number;
  readonly lastError?: { readonly message: string; readonly atMs: number };
}

export interface Backend {
  readonly name: string;
  takes(signal: Signal): boolean;
  /** The first attempt begins before this returns, if a place is free. Never rejects. */
  forward(request: ExportRequest, protobuf: Uint8Array): Promise<ExportOutcome>;
  /** The same for a request from the write-ahead log: it leaves the places to what has just arrived. */
  replay(request: ExportRequest, protobuf: Uint8Array, before: Failures): Promise<Replayed>;
  /** The backend took this payload before: it is accepted without being sent. */
  skipRepeat(): void;
  /** Requests that it has taken. */
  delivered(signal: Signal): number;
  /** Milliseconds for which nothing would be sent, because it fails; 0 when it would. */
  closedMs(): number;
  state(): BackendState;
  drain(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Failed attempts of one request so far. */
export interface Failures {
  readonly failedAttempts: number;
  readonly failedAlone: number;
}

export interface Replayed extends Failures {
  readonly outcome: ExportOutcome;
}

export interface BackendParts {
  readonly stage: ForwardingStage;
  /** Part of the places that replays may take. */
  readonly replayShare?: number;
  /** `<type>` or `<type>/<name>`. */
  readonly name: string;
  readonly options: BackendOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly random: () => number;
}

/** Throws SENTINEL_CONFIG_INVALID and SENTINEL_TLS_INVALID. */
export function createBackend(parts: BackendParts): Backend {
  const { name, options, clock, random } = parts;
  const plan = planBackend(name, options);
  const { type, signals, accepted } = plan;
  const transport = createTransport(plan, clock);
  const books = new BackendBooks(parts);
  const breaker = new Breaker(options.breaker, (state) => books.breakerChanged(state));
  const queue = new DeliveryQueue({
    options: { ...options, replayShare: parts.replayShare ?? 0 },
    transport,
    breaker,
    books,
    clock,
    random,
    isEmptyRefusal: type.isEmptyRefusal,
  });
  const delivered: Record<Signal, number> = { traces: 0, metrics: 0, logs: 0 };
  books.observe({
    breaker: () => breaker.state,
    inFlight: () => queue.inFlight,
    held: () => queue.heldRequests,
    bytes: () => queue.heldBytes,
  });

  function shipmentOf(request: ExportRequest, protobuf: Uint8Array): Omit<Shipment, 'settle' | 'replay'> {
    const { reencoded, ...form } = wireForm(request, protobuf, accepted);
    if (reencoded !== undefined) books.reencoded(reencoded);
    const { signal, headers, abandoned, keep } = request;
    const arrivedMs = clock.monotonicMs();
    return { ...form, signal, protobuf, headers, arrivedMs, abandoned, keep, failedAttempts: 0, failedAlone: 0 };
  }

  function counted(signal: Signal, settle: Shipment['settle']): Shipment['settle'] {
    return (outcome) => {
      if (outcome.kind === 'accepted') delivered[signal]++;
      settle(outcome);
    };
  }

  return {
    name,
    takes: (signal) => signals.includes(signal),
    forward(request, protobuf) {
      return new Promise((resolve) => {
        const settle = counted(request.signal, resolve);
        queue.ship({ ...shipmentOf(request, protobuf), replay: false, settle });
      });
    },
    replay(request, protobuf, before) {
      return new Promise((resolve) => {
        const shipment: Shipment = {
          ...shipmentOf(request, protobuf),
          ...before,
          replay: true,
          settle: counted(request.signal, (outcome) => {
            const { failedAttempts, failedAlone } = shipment;
            resolve({ outcome, failedAttempts, failedAlone });
          }),
        };
        queue.ship(shipment);
      });
    },
    closedMs: () => breaker.closedMs(clock.monotonicMs()),
    delivered: (signal) => delivered[signal],
    skipRepeat: () => books.skippedRepeats.add(1),
    state: () => ({
      name,
      type: type.type,
      signals,
      breaker: breaker.state,
      inFlight: queue.inFlight,
      queuedRequests: queue.heldRequests,
      queuedBytes: queue.heldBytes,
      ...books.summary(),
    }),
    drain: (limitMs) => queue.drain(limitMs),
    close: () => transport.close(),
  };
}

function createTransport({ type, connection, protocol, paths }: BackendPlan, clock: Clock): Transport {
  if (protocol === 'grpc') return createGrpcTransport(connection);
  return createHttpTransport({ connection, paths, serverErrorsPass: type.serverErrorsPass, clock });
}
