import type { CorrectedCounts } from './corrected-counts.ts';
import { lowerShareOf, shareOf } from './counts.ts';

/** When the budget ends if it goes on as in the last hours. Times in milliseconds since the epoch. */
export interface Exhaustion {
  readonly atMs: number;
  /** Where the share of bad events is as high, or as low, as chance lets it look. Absent: perhaps not at all. */
  readonly earliestMs: number;
  readonly latestMs?: number;
}

interface Known {
  readonly left: number;
  readonly counts: CorrectedCounts;
  readonly budget: number;
  readonly nowMs: number;
  /** Whole length of the window. */
  readonly periodMs: number;
  /** When it ends, or, for a rolling one, when all of today has left it. */
  readonly endMs: number;
}

/** Long enough to be calm, short enough to see what is going on. */
const OUTLOOK_MS = 6 * 3_600_000;

/**
 * A budget of which `left` remains lasts `left * period / burn rate`. Undefined when it is gone already, when nothing burns, and
 * when the window ends first.
 */
export function exhaustion({ left, counts, budget, nowMs, periodMs, endMs }: Known): Exhaustion | undefined {
  const recent = counts.sum({ fromMs: nowMs - OUTLOOK_MS, toMs: nowMs });
  const share = shareOf(recent) ?? 0;
  if (left <= 0 || share <= 0) return undefined;
  const lastsAt = (rate: number) => nowMs + (left * periodMs) / (rate / budget);
  const atMs = lastsAt(share);
  if (atMs > endMs) return undefined;
  const low = lowerShareOf(recent);
  // The interval is as wide above as below where shares are small.
  const earliestMs = lastsAt(Math.min(1, 2 * share - low));
  const latestMs = low > 0 ? lastsAt(low) : Infinity;
  return latestMs > endMs ? { atMs, earliestMs } : { atMs, earliestMs, latestMs };
}
