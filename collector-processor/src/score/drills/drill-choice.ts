import type { FaultKind } from '../../model/drill.ts';

const MULTIPLIER = 1_664_525;
const INCREMENT = 1_013_904_223;
const RANGE = 2 ** 32;

/**
 * Which series has the next drill of a kind: after a random number of those that could, up to how many there were in the last
 * round, so that each is as likely. Random numbers of a fixed seed, so that a replay has the same drills.
 */
export class DrillChoice {
  private state = 1;
  private readonly left = new Map<FaultKind, number>();
  private readonly seen = new Map<FaultKind, { roundMs: number; count: number; before: number }>();

  /** Whether this one is chosen, of those that could have such a fault. */
  take(kind: FaultKind, timeMs: number): boolean {
    const seen = this.count(kind, timeMs);
    const left = this.left.get(kind) ?? this.below(seen.before);
    this.left.set(kind, left - 1);
    if (left > 0) return false;
    this.left.delete(kind);
    return true;
  }

  /** A coin. */
  toss(): boolean {
    return this.below(2) === 1;
  }

  private count(kind: FaultKind, timeMs: number): { before: number } {
    const seen = this.seen.get(kind) ?? { roundMs: timeMs, count: 0, before: 1 };
    this.seen.set(kind, seen);
    if (timeMs > seen.roundMs) Object.assign(seen, { roundMs: timeMs, before: Math.max(1, seen.count), count: 0 });
    seen.count++;
    return seen;
  }

  private below(limit: number): number {
    this.state = (MULTIPLIER * this.state + INCREMENT) % RANGE;
    return Math.floor((this.state / RANGE) * limit);
  }
}
