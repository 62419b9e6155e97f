import type { Hash64 } from '../../model/resource.ts';

/**
 * 64-bit hashes as two halves, since numbers of JavaScript hold 53 bits; signed ones here, because those need no heap. Stable over restarts: they name series
 * in snapshots and in the API. Not meant against an adversary; two of 10^6 series meet with a chance of 3 · 10^-8.
 */
export class Hasher {
  low = 0;
  high = 0;

  reset(low: number, high: number): this {
    this.low = low | 0;
    this.high = high | 0;
    return this;
  }

  /**
   * Begins with two small numbers. They are mixed first, since `mix` adds bits to bits: a source 5 with a name 6 would
   * otherwise be a source 6 with a name 5.
   */
  begin(first: number, second: number): this {
    return this.reset(0x2545f491, 0x4f6cdd1d).mix(first, second);
  }

  /** Order matters; the first numbers that are mixed in must not be as small as those they meet (see `begin`). */
  mix(low: number, high: number): this {
    let a = Math.imul(this.low ^ low, 0x9e3779b1);
    let b = Math.imul(this.high ^ high ^ (a >>> 16), 0x85ebca6b);
    a = Math.imul((a ^ (a >>> 15)) + b, 0xc2b2ae35);
    b ^= b >>> 13;
    this.low = a ^ (a >>> 16);
    this.high = Math.imul(b + this.low, 0x27d4eb2f);
    return this;
  }
}

export function hashText(text: string): Hash64 {
  let low = 0x811c9dc5;
  let high = 0x1b873593 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15);
  }
  const { low: a, high: b } = new Hasher().reset(low, high).mix(text.length, 0);
  return { low: a, high: b };
}

export function hexOf(low: number, high: number): string {
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
