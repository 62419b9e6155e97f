import { crc32 } from 'node:zlib';
import type { ExportRequest } from '../model/export-request.ts';
import type { Signal } from '../model/signal.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';

/** One request in this time is remembered, and that many of them. */
const SAMPLE_MS = 1_000;
const SAMPLES = 60;
/** A sender that has lost our answers repeats itself less often than that within a minute. */
const SUSPICIOUS_RETURNS = 10;
const MINUTE_MS = 60_000;

interface Sample {
  readonly length: number;
  readonly sum: number;
  /** Since `fromMs`. */
  returns: number;
  fromMs: number;
}

interface LoopWatchParts {
  /** What leads nowhere cannot come back. */
  readonly isForwarded: (signal: Signal) => boolean;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/**
 * Notices that what is forwarded comes back through something that hands no headers on, such as a Collector: one request a
 * second is remembered for a minute, and when the same payload comes in again and again, that is said. It is not refused: a
 * sender may mean it. Costs a look-up by length; bytes are summed only where a length is known.
 */
export class LoopWatch {
  readonly #isForwarded: LoopWatchParts['isForwarded'];
  readonly #logger: Logger;
  readonly #suspected;
  readonly #samples: Sample[] = [];
  readonly #byLength = new Map<number, Sample>();
  #sampledAtMs = -Infinity;
  #warnedAtMs = -Infinity;

  constructor({ isForwarded, logger, metrics }: LoopWatchParts) {
    this.#isForwarded = isForwarded;
    this.#logger = logger;
    const help = 'Forwarded requests whose payload has come in many times within a minute: a backend may lead back.';
    this.#suspected = metrics.counter({ name: 'sentinel_forward_loop_suspected_total', help });
  }

  /** A request that has come in. */
  passed({ signal, payload, receivedAtMs }: Pick<ExportRequest, 'signal' | 'payload' | 'receivedAtMs'>): void {
    const known = this.#byLength.get(payload.length);
    if (known !== undefined && known.sum === crc32(payload)) this.#returned(known, signal, receivedAtMs);
    else if (Math.abs(receivedAtMs - this.#sampledAtMs) >= SAMPLE_MS) this.#remember(payload, receivedAtMs);
  }

  #remember(payload: Uint8Array, nowMs: number): void {
    this.#sampledAtMs = nowMs;
    const sample = { length: payload.length, sum: crc32(payload), returns: 0, fromMs: nowMs };
    this.#samples.push(sample);
    this.#byLength.set(sample.length, sample);
    const oldest = this.#samples.length > SAMPLES ? this.#samples.shift() : undefined;
    if (oldest !== undefined && this.#byLength.get(oldest.length) === oldest) this.#byLength.delete(oldest.length);
  }

  #returned(sample: Sample, signal: Signal, nowMs: number): void {
    if (Math.abs(nowMs - sample.fromMs) > MINUTE_MS) Object.assign(sample, { returns: 0, fromMs: nowMs });
    if (++sample.returns < SUSPICIOUS_RETURNS || !this.#isForwarded(signal)) return;
    this.#suspected.add(1);
    if (Math.abs(nowMs - this.#warnedAtMs) < MINUTE_MS) return;
    this.#warnedAtMs = nowMs;
    this.#logger.warn(
      { times: sample.returns + 1, bytes: sample.length },
      'The same request comes in again and again: does a backend, such as a Collector, send it back to Sentinel?',
    );
  }
}
