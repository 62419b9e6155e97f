import type { Correction } from '../../model/slo-correction.ts';
import { CorrectedCounts } from '../budget/corrected-counts.ts';
import type { CountRing } from '../budget/count-ring.ts';
import type { TimeRange } from '../budget/ranges.ts';

/** What may have burned a budget. A change counts for some time, and only while there is no incident. */
export interface Burner extends TimeRange {
  readonly kind: 'incident' | 'change';
  readonly id: string;
}

interface Burning<Some extends Burner> {
  readonly ring: CountRing;
  readonly corrections: readonly Correction[];
  readonly range: TimeRange;
  /** How many events may be bad; null while nobody knows. */
  readonly allowed: number | null;
  readonly burners: readonly Some[];
}

const MINUTE_MS = 60_000;

/**
 * Bad events by what went on when they happened. What several incidents share is divided among them, so that all parts come to
 * the whole; a change is held to account only outside of incidents, and what is left over is said to be so.
 */
export function burnedOf<Some extends Burner>({ ring, corrections, range, allowed, burners }: Burning<Some>) {
  const counts = new CorrectedCounts(ring, corrections);
  const placed = burners.map((burner) => ({ burner, ...wholeMinutes(burner, range), bad: 0 }));
  const edges = [range.fromMs, ...placed.flatMap(({ fromMs, toMs }) => [fromMs, toMs]), range.toMs];
  const times = [...new Set(edges)].sort((left, right) => left - right);
  const share = (bad: number) => (allowed === null || allowed === 0 ? null : bad / allowed);
  let all = 0;
  let rest = 0;
  for (const [index, fromMs] of times.entries()) {
    const toMs = times[index + 1];
    if (toMs === undefined) break;
    const { bad } = counts.sum({ fromMs, toMs });
    all += bad;
    const here = placed.filter((one) => one.fromMs <= fromMs && one.toMs >= toMs);
    const incidents = here.filter(({ burner }) => burner.kind === 'incident');
    const held = incidents.length > 0 ? incidents : here;
    for (const one of held) one.bad += bad / held.length;
    if (held.length === 0) rest += bad;
  }
  return {
    bad: all,
    share: share(all),
    items: placed
      .filter(({ bad }) => bad > 0)
      .sort((left, right) => right.bad - left.bad)
      .map(({ burner, bad }) => ({ ...burner, bad, share: share(bad) })),
    rest: { bad: rest, share: share(rest) },
  };
}

/** Within the range; a minute that it touches is its own. */
function wholeMinutes({ fromMs, toMs }: TimeRange, range: TimeRange): TimeRange {
  const from = Math.max(range.fromMs, Math.floor(fromMs / MINUTE_MS) * MINUTE_MS);
  const to = Math.min(range.toMs, Math.ceil(toMs / MINUTE_MS) * MINUTE_MS);
  return { fromMs: from, toMs: Math.max(from, to) };
}
