import { hash } from 'node:crypto';
import type { ExportRequest } from '../model/export-request.ts';
import type { RememberOptions } from './forward-options.ts';

interface Entry {
  readonly length: number;
  readonly backends: ReadonlySet<string>;
  readonly untilMs: number;
}

/**
 * Which backends took a request whose sender was not told "accepted", so that its repeat goes only to the others. By
 * SHA-256 of signal, tenant headers and payload. Costs nothing while it is empty, which is the usual case, and little
 * otherwise: only payloads that are as long as a remembered one are hashed.
 */
export class DeliveredMemory {
  readonly #options: RememberOptions;
  /** In order of time. */
  readonly #entries = new Map<string, Entry>();
  /** How many entries have a payload of that length. */
  readonly #lengths = new Map<number, number>();

  constructor(options: RememberOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Names of the backends that have it; `undefined` for a request that is not known. */
  recall(request: ExportRequest, nowMs: number): ReadonlySet<string> | undefined {
    this.#forgetUntil(nowMs);
    return this.#lengths.has(request.payload.length) ? this.#entries.get(keyOf(request))?.backends : undefined;
  }

  remember(request: ExportRequest, backends: ReadonlySet<string>, nowMs: number): void {
    if (!this.#options.enabled || backends.size === 0) return;
    const key = keyOf(request);
    const { length } = request.payload;
    this.#delete(key);
    this.#entries.set(key, { backends, length, untilMs: nowMs + this.#options.for });
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
    if (oldest !== undefined) this.#delete(oldest);
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
