import { type Slope, slopeOf, type Stretch } from './slope.ts';

/** `flat`: the whole interval lies below the bound. `grows`: the whole interval lies above it. */
export type Verdict = 'flat' | 'unclear' | 'grows';

/** What a row of the run holds of each thing that must not grow. */
export interface Levels {
  /** MiB. */
  readonly rss: number;
  readonly wal: number;
  readonly store: number;
  readonly snapshot: number;
  /** Delay until the acknowledgement, ms. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Growth in an hour that is still called flat, in the units of `Levels`. Memory: what cannot fill the default limit of 512
 * MiB within half a day. Delay: what a machine that does other things too can tell in half an hour.
 */
export const BOUNDS: Levels = { rss: 24, wal: 1, store: 1, snapshot: 1, p50: 2, p99: 20 };

export interface Judged extends Slope {
  readonly bound: number;
  readonly verdict: Verdict;
}

/** `rows` in stretches: what lies between two of them (an outage) is not judged. */
export function judge(
  stretches: readonly (readonly (Levels & { readonly hours: number })[])[],
): Readonly<Record<keyof Levels, Judged>> {
  const judged = (Object.keys(BOUNDS) as (keyof Levels)[]).map((what) => {
    const points = stretches.map((rows): Stretch => rows.map((row) => ({ x: row.hours, y: row[what] })));
    const slope = slopeOf(points);
    return [what, { ...slope, bound: BOUNDS[what], verdict: verdictOf(slope, BOUNDS[what]) }] as const;
  });
  return Object.fromEntries(judged) as Record<keyof Levels, Judged>;
}

export function verdictOf({ low, high }: Slope, bound: number): Verdict {
  if (high <= bound) return 'flat';
  return low > bound ? 'grows' : 'unclear';
}
