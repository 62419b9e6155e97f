import type { Counts } from '../../model/slo-counts.ts';
import { none } from './counts.ts';

const MINUTE_MS = 60_000;

/**
 * Counts of each of the last steps of time, oldest ones overwritten. Sums over a range are taken step by step, so that a range
 * begins and ends on whole steps. Eight bytes a step; whole numbers are exact up to 16 million a step.
 */
export class CountRing {
  readonly stepMs: number;
  private readonly total: Float32Array;
  private readonly bad: Float32Array;
  /** The newest step that was written to; all up to `length - 1` before it are kept. */
  private newest = -Infinity;

  constructor({ length, stepMs = MINUTE_MS }: { readonly length: number; readonly stepMs?: number }) {
    this.stepMs = stepMs;
    this.total = new Float32Array(length);
    this.bad = new Float32Array(length);
  }

  /** False for a time that is older than what is kept. */
  add(timeMs: number, { total, bad }: Counts): boolean {
    const step = Math.floor(timeMs / this.stepMs);
    if (step <= this.newest - this.total.length) return false;
    this.advance(step);
    const at = step % this.total.length;
    this.total[at] = (this.total[at] as number) + total;
    this.bad[at] = (this.bad[at] as number) + bad;
    return true;
  }

  at(timeMs: number): Counts {
    const step = Math.floor(timeMs / this.stepMs);
    if (step > this.newest || step <= this.newest - this.total.length) return none;
    const at = step % this.total.length;
    return { total: this.total[at] as number, bad: this.bad[at] as number };
  }

  /** From `fromMs` on, before `toMs`; what lies outside of what is kept counts nothing. */
  sum(fromMs: number, toMs: number): Counts {
    const first = Math.max(Math.ceil(fromMs / this.stepMs), this.newest - this.total.length + 1);
    const last = Math.min(Math.ceil(toMs / this.stepMs) - 1, this.newest);
    let total = 0;
    let bad = 0;
    for (let step = first; step <= last; step++) {
      const at = step % this.total.length;
      total += this.total[at] as number;
      bad += this.bad[at] as number;
    }
    return { total, bad };
  }

  get length(): number {
    return this.total.length;
  }

  /** The oldest time that is kept. */
  get sinceMs(): number {
    return (this.newest - this.total.length + 1) * this.stepMs;
  }

  private advance(step: number): void {
    if (step <= this.newest) return;
    const fresh = Math.min(this.total.length, step - this.newest);
    for (let one = step - fresh + 1; one <= step; one++) {
      const at = one % this.total.length;
      this.total[at] = 0;
      this.bad[at] = 0;
    }
    this.newest = step;
  }
}
