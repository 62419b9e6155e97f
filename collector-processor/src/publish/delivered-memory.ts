import { hash } from 'node:crypto';
import type { ExportRequest } from '../model/export-request.ts';
import type { RememberOptions } from './forward-options.ts';

interface Entry {
  readonly backends: ReadonlySet<string>;
  readonly untilMs: number;
}

/**
 * Which backends took a request whose sender was not told "accepted", so that its repeat goes only to the others. By
 * SHA-256 of signal, tenant headers and payload. Costs nothing while it is empty, which is the usual case.
 */
export class DeliveredMemory {
  readonly #options: RememberOptions;
  /** In order of time. */
  readonly #entries = new Map<string, Entry>();

  constructor(options: RememberOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Names of the backends that have it; `undefined` for a request that is not known. */
  recall(request: ExportRequest, nowMs: number): ReadonlySet<string> | undefined {
    this.#forgetUntil(nowMs);
    return this.#entries.size === 0 ? undefined : this.#entries.get(keyOf(request))?.backends;
  }

  remember(request: ExportRequest, backends: ReadonlySet<string>, nowMs: number): void {
    if (!this.#options.enabled || backends.size === 0) return;
    const key = keyOf(request);
    this.#entries.delete(key);
    this.#entries.set(key, { backends, untilMs: nowMs + this.#options.for });
    if (this.#entries.size > this.#options.maxRequests) this.#forgetOldest();
  }

  forget(request: ExportRequest): void {
    this.#entries.delete(keyOf(request));
  }

  #forgetUntil(nowMs: number): void {
    for (const [key, { untilMs }] of this.#entries) {
      if (untilMs > nowMs) return;
      this.#entries.delete(key);
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

function keyOf({ signal, headers, payload }: ExportRequest): string {
  const tenant = Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${signal} ${JSON.stringify(tenant)} ${hash('sha256', payload)}`;
}
