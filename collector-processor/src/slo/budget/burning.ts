import type { Counts } from '../../model/slo-counts.ts';
import { limitOf, MOST, type Tier } from '../rules/tiers.ts';
import type { CorrectedCounts } from './corrected-counts.ts';
import { lowerShareOf, shareOf } from './counts.ts';

/** What one tier sees. Rates are multiples of what the budget allows; absent without events. */
export interface TierState {
  readonly tier: Tier;
  readonly shortRate?: number;
  readonly longRate?: number;
  /** Events and bad ones in the long window. */
  readonly long: Counts;
  /** `waits`: the share is over the limit, but of too few events. */
  readonly state: 'calm' | 'rising' | 'recovering' | 'waits' | 'burning';
}

export interface Guards {
  readonly minEvents: number;
  readonly minFailures: number;
}

interface Looked {
  readonly counts: CorrectedCounts;
  readonly nowMs: number;
  /** Share of events that may be bad. */
  readonly budget: number;
  /** Undefined where nobody knows how many events there are. */
  readonly guards: Guards | undefined;
}

const DAY_MS = 86_400_000;

/** The same conditions as those of the generated alert rules (rules/burn-alerts.ts), on counts. */
export function lookAt(tier: Tier, { counts, nowMs, budget, guards }: Looked): TierState {
  const last = (ms: number) => counts.sum({ fromMs: nowMs - ms, toMs: nowMs });
  const short = shareOf(last(tier.short.seconds * 1000));
  const long = last(tier.long.seconds * 1000);
  const longShare = shareOf(long);
  const limit = limitOf(tier, budget);
  const rates = {
    ...(short === undefined ? {} : { shortRate: short / budget }),
    ...(longShare === undefined ? {} : { longRate: longShare / budget }),
  };
  const longOver = over(longShare, limit);
  // Between two requests of a quiet service the last that was known holds: nothing says that it is over, or that it began again.
  const newest = { fromMs: nowMs - tier.long.seconds * 1000, toMs: nowMs };
  const shortOver = over(short ?? shareOf(counts.newest(newest)), limit);
  const certain = guards === undefined ? longOver : lowerShareOf(long) > limit && long.bad >= guards.minFailures;
  const enough = guards === undefined || long.total >= guards.minEvents || lowerShareOf(long) > MOST;
  const trickles = guards !== undefined && tier.name === 'trickle' && certain && last(DAY_MS).bad > 0;
  const state = ((): TierState['state'] => {
    if (trickles || (shortOver && certain && enough)) return 'burning';
    if (shortOver && longOver) return 'waits';
    if (shortOver) return 'rising';
    return longOver && certain && enough ? 'recovering' : 'calm';
  })();
  return { tier, ...rates, long, state };
}

function over(share: number | undefined, limit: number): boolean {
  return share !== undefined && share > limit;
}
