import type { EventStream, Minutes } from './streams.ts';

/** What a reader of the counters knows at the end of each minute: sums since the beginning, `NaN` in minutes that were not read. */
export interface SeenCounts {
  readonly total: Float64Array;
  readonly bad: Float64Array;
}

export interface WindowCounts {
  readonly total: number;
  readonly bad: number;
}

export function seenCounts({ total, bad, unread }: EventStream): SeenCounts {
  return { total: sums(total, unread), bad: sums(bad, unread) };
}

function sums(events: Float64Array, unread: readonly Minutes[]): Float64Array {
  const seen = new Float64Array(events.length + 1);
  let sum = 0;
  for (const [minute, count] of events.entries()) {
    sum += count;
    seen[minute + 1] = unread.some(({ from, to }) => minute >= from && minute < to) ? Number.NaN : sum;
  }
  return seen;
}

/** Events of the `minutes` before a moment; `undefined` while fewer than two readings are in that time. */
export function within(seen: SeenCounts, at: number, minutes: number): WindowCounts | undefined {
  let from = Math.max(0, at - minutes);
  let to = at;
  while (to > from && Number.isNaN(seen.total[to])) to -= 1;
  while (from < to && Number.isNaN(seen.total[from])) from += 1;
  if (from === to) return undefined;
  return {
    total: seen.total[to]! - seen.total[from]!,
    bad: seen.bad[to]! - seen.bad[from]!,
  };
}
