import type { Signal } from '../model/signal.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
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
}

export type CreateOtlpSender = (parts: OtlpSenderParts) => OtlpSender;
