import type { ExportRequest } from '../model/export-request.ts';
import type { Signal } from '../model/signal.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import { type Backend, type BackendState, createBackend } from './backends/backend.ts';
import type { BackendOptions } from './forward-options.ts';

/** Resolved settings; `app.ts` hands in the backends of `publish`, or those of `forward` when it names none. */
export interface OtlpSenderOptions {
  readonly backends: Readonly<Record<string, BackendOptions>>;
  /** Bytes that may wait for one backend; beyond it new messages are dropped and counted. */
  readonly maxQueuedSize: number;
  /** A message is given up and counted as dropped after that, milliseconds. */
  readonly giveUpAfter: number;
  readonly drainTimeout: number;
}

export interface OtlpSenderParts {
  readonly options: OtlpSenderOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly random?: () => number;
}

export interface OtlpSender extends Service {
  /**
   * Sends Sentinel's own telemetry: the protobuf bytes of one Export…ServiceRequest, to every backend that takes the
   * signal. Fire and forget: it is retried behind the caller's back and dropped with a count when that lasts too long.
   * `tenantHeaders` as in `ExportRequest.headers`. False when a queue was full and at least one backend will not get it.
   */
  send(signal: Signal, protobuf: Uint8Array, tenantHeaders: Readonly<Record<string, string>>): boolean;
  /** Whether any backend takes the signal; without one `send` drops nothing and does nothing. */
  takes(signal: Signal): boolean;
  backends(): BackendState[];
}

/** What a message costs beside its bytes, so that very many very small ones are bounded too. */
const MESSAGE_OVERHEAD_BYTES = 1024;
const PAUSE_MS = 1000;

/** Throws SENTINEL_CONFIG_INVALID and SENTINEL_TLS_INVALID. */
export function createOtlpSender({
  options,
  clock,
  logger,
  metrics,
  random = Math.random,
}: OtlpSenderParts): OtlpSender {
  const stopped = new AbortController();
  const outlets = Object.entries(options.backends)
    .filter(([, { enabled }]) => enabled)
    .map(([name, backend]) => {
      const parts = { stage: 'publish', name, options: backend, clock, logger, metrics, random } as const;
      return new Outlet({ backend: createBackend(parts), options, clock, metrics, random, stopped: stopped.signal });
    });

  return {
    name: 'OTLP sender',
    takes: (signal) => outlets.some((outlet) => outlet.backend.takes(signal)),
    send(signal, protobuf, tenantHeaders) {
      const request = ownRequest(signal, protobuf, { headers: tenantHeaders, nowMs: clock.nowMs() });
      const taken = outlets.filter((outlet) => outlet.backend.takes(signal)).map((outlet) => outlet.take(request));
      return taken.every(Boolean);
    },
    backends: () => outlets.map((outlet) => outlet.backend.state()),
    start: () => Promise.resolve(),
    async stop() {
      await Promise.all(outlets.map((outlet) => outlet.drain(options.drainTimeout)));
      stopped.abort();
      await Promise.all(outlets.map((outlet) => outlet.backend.drain(0)));
      await Promise.all(outlets.map((outlet) => outlet.backend.close()));
    },
  };
}

function ownRequest(
  signal: Signal,
  protobuf: Uint8Array,
  { headers, nowMs }: { headers: Readonly<Record<string, string>>; nowMs: number },
): ExportRequest {
  const form = {
    wire: 'http',
    encoding: 'protobuf',
    compression: 'identity',
    body: protobuf,
    payload: protobuf,
  } as const;
  return { ...form, signal, headers, tenant: Object.values(headers)[0] ?? '', receivedAtMs: nowMs };
}

interface OutletParts {
  readonly backend: Backend;
  readonly options: OtlpSenderOptions;
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
  readonly random: () => number;
  readonly stopped: AbortSignal;
}

type DropReason = 'queue_full' | 'refused' | 'stopped' | 'too_old';

/** What waits for one backend. */
class Outlet {
  readonly backend: Backend;
  readonly #dropped: Readonly<Record<DropReason, Counter>>;
  readonly #parts: OutletParts;
  #waitingBytes = 0;
  #onEmpty: (() => void) | undefined;

  constructor(parts: OutletParts) {
    this.backend = parts.backend;
    this.#parts = parts;
    const help = 'Messages of Sentinel’s own findings that a backend did not get.';
    const dropped = (reason: DropReason): Counter => {
      const labels = { backend: parts.backend.name, reason };
      return parts.metrics.counter({ name: 'sentinel_publish_dropped_total', help, labels });
    };
    this.#dropped = {
      queue_full: dropped('queue_full'),
      refused: dropped('refused'),
      stopped: dropped('stopped'),
      too_old: dropped('too_old'),
    };
  }

  take(request: ExportRequest): boolean {
    const { options, stopped } = this.#parts;
    const bytes = request.body.length + MESSAGE_OVERHEAD_BYTES;
    if (stopped.aborted || this.#waitingBytes + bytes > options.maxQueuedSize) {
      this.#dropped.queue_full.add(1);
      return false;
    }
    this.#waitingBytes += bytes;
    void this.#deliver(request).then(() => {
      this.#waitingBytes -= bytes;
      if (this.#waitingBytes === 0) this.#onEmpty?.();
    });
    return true;
  }

  async drain(limitMs: number): Promise<void> {
    if (this.#waitingBytes === 0) return;
    const empty = new AbortController();
    this.#onEmpty = () => empty.abort();
    await this.#parts.clock.sleep(limitMs, empty.signal);
  }

  async #deliver(request: ExportRequest): Promise<void> {
    const { backend, options, clock, random, stopped } = this.#parts;
    const untilMs = clock.monotonicMs() + options.giveUpAfter;
    for (;;) {
      const outcome = await backend.forward(request, request.body);
      if (outcome.kind === 'accepted') return;
      if (outcome.kind === 'refused') {
        this.#dropped.refused.add(1);
        return;
      }
      const pauseMs = (outcome.retryAfterMs ?? 0) + PAUSE_MS * (0.5 + random());
      if (stopped.aborted || clock.monotonicMs() + pauseMs > untilMs) {
        this.#dropped[stopped.aborted ? 'stopped' : 'too_old'].add(1);
        return;
      }
      await clock.sleep(pauseMs, stopped);
    }
  }
}
