import { hash } from 'node:crypto';
import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import type { RememberOptions } from './forward-options.ts';

/** Backends that took a request, and what they said: a repeat must not hide that one took it only in part. */
export type Takers = ReadonlyMap<string, ExportOutcome>;

interface Entry {
  readonly length: number;
  readonly takers: Takers;
  readonly untilMs: number;
}

/**
 * Which backends took a request whose sender was not told "accepted", so that its repeat goes only to the others. By
 * SHA-256 of signal, tenant headers and payload. Costs nothing while it is empty, which is the usual case, and little
 * otherwise: only payloads that are as long as a remembered one are hashed. Outlives the forwarders of one configuration.
 */
export class DeliveredMemory {
  readonly #evicted: Counter;
  #options: RememberOptions;
  /** In order of time. */
  readonly #entries = new Map<string, Entry>();
  /** How many entries have a payload of that length. */
  readonly #lengths = new Map<number, number>();

  constructor(options: RememberOptions, metrics: SelfMetrics) {
    this.#options = options;
    const size = 'sentinel_forward_remembered_requests';
    metrics.gauge({ name: size, help: 'Requests that some of their backends took.' }, () => this.size);
    this.#evicted = metrics.counter({
      name: 'sentinel_forward_remembered_evicted_total',
      help: 'Remembered requests that were forgotten for want of room; their repeat reaches all backends.',
    });
  }

  /** Other limits from now on; what is remembered stays as far as they allow. */
  configure(options: RememberOptions): void {
    this.#options = options;
    if (!options.enabled) for (const key of this.#entries.keys()) this.#delete(key);
    while (this.#entries.size > options.maxRequests) this.#forgetOldest();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The backends that have it; `undefined` for a request that is not known. */
  recall(request: ExportRequest, nowMs: number): Takers | undefined {
    this.#forgetUntil(nowMs);
    return this.#lengths.has(request.payload.length) ? this.#entries.get(keyOf(request))?.takers : undefined;
  }

  remember(request: ExportRequest, takers: Takers, nowMs: number): void {
    if (!this.#options.enabled || takers.size === 0) return;
    const key = keyOf(request);
    const { length } = request.payload;
    this.#delete(key);
    this.#entries.set(key, { takers, length, untilMs: nowMs + this.#options.for });
    this.#lengths.set(length, (this.#lengths.get(length) ?? 0) + 1);
    if (this.#entries.size > this.#options.maxRequests) this.#forgetOldest();
  }

  forget(request: ExportRequest): void {
    this.#delete(keyOf(request));
  }

  #forgetUntil(nowMs: number): void {
    for (const [key, { untilMs }] of this.#entries) {
      if (untilMs > nowMs) return;
      this.#delete(key);
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#entries.keys();
    if (oldest === undefined) return;
    this.#evicted.add(1);
    this.#delete(oldest);
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    const left = (this.#lengths.get(entry.length) ?? 1) - 1;
    if (left > 0) this.#lengths.set(entry.length, left);
    else this.#lengths.delete(entry.length);
  }
}

function keyOf({ signal, headers, payload }: ExportRequest): string {
  const tenant = Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${signal} ${JSON.stringify(tenant)} ${hash('sha256', payload)}`;
}
