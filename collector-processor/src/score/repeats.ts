import { crc32 } from 'node:zlib';
import type { Signal } from '../model/signal.ts';

/** One request as the sender would send it again. */
export interface SentRequest {
  readonly tenant: string;
  readonly signal: Signal;
  readonly payload: Uint8Array;
}

/**
 * Requests that were scored and not accepted. The sender will send them again, byte for byte; they are then forwarded but
 * not scored a second time. Bounded, the oldest are forgotten first. While nothing is remembered nothing is hashed.
 */
export class Repeats {
  private readonly maximum: number;
  private readonly seen = new Set<string>();

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  get size(): number {
    return this.seen.size;
  }

  /** The request was scored and its sender will not know. */
  remember(request: SentRequest): void {
    if (this.maximum === 0) return;
    const key = keyOf(request);
    if (this.seen.size >= this.maximum && !this.seen.has(key)) {
      const oldest = this.seen.values().next().value;
      if (oldest !== undefined) this.seen.delete(oldest);
    }
    this.seen.add(key);
  }

  /** The request got through: it will not come again. */
  forget(request: SentRequest): void {
    if (this.seen.size > 0) this.seen.delete(keyOf(request));
  }

  isRepeat(request: SentRequest): boolean {
    return this.seen.size > 0 && this.seen.has(keyOf(request));
  }
}

function keyOf({ tenant, signal, payload }: SentRequest): string {
  return `${signal}:${payload.length}:${crc32(payload)}:${tenant}`;
}
