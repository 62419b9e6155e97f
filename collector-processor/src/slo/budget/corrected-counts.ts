import type { Counts } from '../../model/slo-counts.ts';
import type { CountRing } from './count-ring.ts';
import { minus, none, plus } from './counts.ts';
import { type TimeRange, union, within } from './ranges.ts';

const MINUTE_MS = 60_000;

/** Counts of a budget with what is taken out of it. */
export class CorrectedCounts {
  private readonly counts: CountRing;
  private readonly takenOut: readonly TimeRange[];

  /** Ranges may overlap: what several of them take out is taken out once. */
  constructor(counts: CountRing, takenOut: readonly TimeRange[]) {
    this.counts = counts;
    this.takenOut = union(takenOut);
  }

  sum(range: TimeRange): Counts {
    return minus(this.all(range), this.out(range));
  }

  /** Without corrections. */
  all({ fromMs, toMs }: TimeRange): Counts {
    return this.counts.sum(fromMs, toMs);
  }

  /** Of the last minute with events; none without one. */
  newest({ fromMs, toMs }: TimeRange): Counts {
    for (let minuteMs = toMs - MINUTE_MS; minuteMs >= fromMs; minuteMs -= MINUTE_MS) {
      const counts = this.sum({ fromMs: minuteMs, toMs: minuteMs + MINUTE_MS });
      if (counts.total > 0) return counts;
    }
    return none;
  }

  /** What corrections take out. */
  out(range: TimeRange): Counts {
    return within(this.takenOut, range).reduce(
      (sum, { fromMs, toMs }) => plus(sum, this.counts.sum(fromMs, toMs)),
      none,
    );
  }
}
