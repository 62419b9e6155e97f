import type { Counts } from '../../model/slo-counts.ts';
import type { Objective } from '../../model/slo.ts';
import { SLACK } from '../certainty.ts';
import { tiersOf } from '../rules/tiers.ts';
import { lookAt, type TierState } from './burning.ts';
import type { CorrectedCounts } from './corrected-counts.ts';
import { shareOf } from './counts.ts';
import { exhaustion, type Exhaustion } from './exhaustion.ts';
import { windowAt } from './time-window.ts';

export type SloStatus =
  | 'exhausted'
  | 'burning_fast'
  | 'burning'
  | 'burning_slowly'
  | 'trickle'
  | 'rising'
  | 'recovering'
  | 'on_track'
  | 'too_few_events'
  | 'no_data'
  | 'implausible';

/** What is left of an error budget at one moment, and how that was reckoned. */
export interface BudgetState {
  readonly status: SloStatus;
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the window so far, without what corrections take out. */
  readonly counts: Counts;
  readonly takenOut: Counts;
  /** Events that may be bad: total times what the objective leaves. */
  readonly allowed: number;
  /** 1 at first, 0 when it is used up, below 0 beyond; absent while there are no events. */
  readonly left?: number;
  /** The same as if there were no corrections. */
  readonly leftUncorrected?: number;
  readonly tiers: readonly TierState[];
  /** Absent where nothing burns. */
  readonly exhaustion?: Exhaustion;
}

const burningStatus = { fast: 'burning_fast', medium: 'burning', slow: 'burning_slowly', trickle: 'trickle' } as const;

interface Known {
  readonly objective: Pick<Objective, 'target' | 'window' | 'alerting'>;
  /** Only the share of bad events is known: nothing can be told from how many there are. */
  readonly isShare?: boolean;
  readonly counts: CorrectedCounts;
  readonly nowMs: number;
  /** When the newest counts came, also of no events; absent: never. */
  readonly toldAtMs: number | undefined;
  /** Data that stay away for so long are missed. */
  readonly missedMs: number;
}

export function budgetState({ objective, isShare = false, counts, nowMs, toldAtMs, missedMs }: Known): BudgetState {
  const { target, window, alerting } = objective;
  const budget = 1 - target;
  const { fromMs, toMs } = windowAt(window, nowMs);
  const periodMs = toMs - fromMs;
  const soFar = { fromMs, toMs: nowMs };
  const sum = counts.sum(soFar);
  const left = leftOf(sum, budget);
  const leftUncorrected = leftOf(counts.all(soFar), budget);
  const tiers = tiersOf(periodMs / 1000).map((tier) =>
    lookAt(tier, { counts, nowMs, budget, guards: isShare ? undefined : alerting }),
  );
  const hour = counts.all({ fromMs: nowMs - 3_600_000, toMs: nowMs });
  const isMissed = toldAtMs === undefined || nowMs - toldAtMs > missedMs;
  const endMs = window.kind === 'rolling' ? nowMs + periodMs : toMs;
  const ends = left === undefined ? undefined : exhaustion({ left, counts, budget, nowMs, periodMs, endMs });
  return {
    status: isMissed
      ? 'no_data'
      : isImplausible(hour)
        ? 'implausible'
        : statusOf(left, tiers, isShare ? sum.total > 0 : sum.total >= alerting.minEvents),
    fromMs,
    toMs,
    counts: sum,
    takenOut: counts.out(soFar),
    allowed: sum.total * budget,
    ...(left === undefined ? {} : { left }),
    ...(leftUncorrected === undefined ? {} : { leftUncorrected }),
    tiers,
    ...(ends === undefined ? {} : { exhaustion: ends }),
  };
}

function leftOf(counts: Counts, budget: number): number | undefined {
  const share = shareOf(counts);
  return share === undefined ? undefined : 1 - share / budget;
}

function isImplausible({ total, bad }: Counts): boolean {
  return bad < -SLACK * total || bad > (1 + SLACK) * total;
}

function statusOf(left: number | undefined, tiers: readonly TierState[], isEnough: boolean): SloStatus {
  const burning = tiers.find(({ state }) => state === 'burning');
  if (left !== undefined && left <= 0 && isEnough) return 'exhausted';
  if (burning !== undefined) return burningStatus[burning.tier.name];
  const ofPages = tiers.filter(({ tier }) => tier.kind === 'page').map(({ state }) => state);
  if (isEnough && ofPages.includes('rising')) return 'rising';
  if (isEnough && ofPages.includes('recovering')) return 'recovering';
  return left !== undefined && isEnough ? 'on_track' : 'too_few_events';
}
