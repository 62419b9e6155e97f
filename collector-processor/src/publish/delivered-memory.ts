import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import { RequestMemory } from '../runtime/request-memory.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { RememberOptions } from './forward-options.ts';

/** Backends that took a request, and what they said: a repeat must not hide that one took it only in part. */
export type Takers = ReadonlyMap<string, ExportOutcome>;

/**
 * Which backends took a request whose sender was not told "accepted", so that its repeat goes only to the others. Outlives
 * the forwarders of one configuration.
 */
export class DeliveredMemory {
  readonly #memory: RequestMemory<Takers>;

  constructor(options: RememberOptions, metrics: SelfMetrics) {
    const size = 'sentinel_forward_remembered_requests';
    metrics.gauge({ name: size, help: 'Requests that some of their backends took.' }, () => this.size);
    const evicted = metrics.counter({
      name: 'sentinel_forward_remembered_evicted_total',
      help: 'Remembered requests that were forgotten for want of room; their repeat reaches all backends.',
    });
    this.#memory = new RequestMemory(limitsOf(options), () => evicted.add(1));
  }

  /** Other limits from now on; what is remembered stays as far as they allow. */
  configure(options: RememberOptions): void {
    this.#memory.configure(limitsOf(options));
  }

  get size(): number {
    return this.#memory.size;
  }

  /** The backends that have it; `undefined` for a request that is not known. */
  recall(request: ExportRequest, nowMs: number): Takers | undefined {
    return this.#memory.recall(request, nowMs);
  }

  remember(request: ExportRequest, takers: Takers, nowMs: number): void {
    if (takers.size > 0) this.#memory.remember(request, takers, nowMs);
  }

  forget(request: ExportRequest): void {
    this.#memory.forget(request);
  }
}

function limitsOf({ enabled, ...limits }: RememberOptions) {
  return enabled ? limits : { ...limits, maxRequests: 0 };
}
