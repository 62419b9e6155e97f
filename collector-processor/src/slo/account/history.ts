import type { Correction } from '../../model/slo-correction.ts';
import type { Counts } from '../../model/slo-counts.ts';
import type { Objective } from '../../model/slo.ts';
import { CorrectedCounts } from '../budget/corrected-counts.ts';
import type { CountRing } from '../budget/count-ring.ts';
import { shareOf } from '../budget/counts.ts';
import type { TimeRange } from '../budget/ranges.ts';
import { windowAt } from '../budget/time-window.ts';
import { periodOf } from '../rules/budget-rules.ts';
import { type Tier, tiersOf } from '../rules/tiers.ts';

/** What was counted, from a window before the range on. */
export interface Account {
  readonly objective: Objective;
  readonly ring: CountRing;
  readonly corrections: readonly Correction[];
  readonly range: TimeRange;
}

/** What is left at one moment; null while nobody knows. */
type Column = (number | null)[];

export interface BudgetHistory {
  /** Ends of the steps; the columns are as long. */
  readonly timeMs: number[];
  readonly left: Column;
  readonly leftUncorrected: Column;
  readonly total: Column;
  readonly bad: Column;
  readonly rates: { window: string; tiers: Tier['name'][]; limit: number; rate: Column }[];
}

/** What was left at the end of each step, over the window up to it, and how fast it burned. */
export function historyOf({ objective, ring, corrections, range }: Account, stepMs: number): BudgetHistory {
  const counts = new CorrectedCounts(ring, corrections);
  const budget = 1 - objective.target;
  const timeMs = endsOf(range, stepMs);
  const looked = timeMs.map((toMs, index) => ({
    step: counts.sum({ fromMs: timeMs[index - 1] ?? range.fromMs, toMs }),
    window: windowUpTo(objective, toMs),
  }));
  const last = (seconds: number) => (toMs: number) => counts.sum({ fromMs: toMs - seconds * 1000, toMs });
  return {
    timeMs,
    left: looked.map(({ window }) => leftOf(counts.sum(window), budget)),
    leftUncorrected: looked.map(({ window }) => leftOf(counts.all(window), budget)),
    total: looked.map(({ step }) => step.total),
    bad: looked.map(({ step }) => step.bad),
    rates: windowsOf(tiersOf(periodOf(objective.window).seconds)).map(({ seconds, ...about }) => ({
      ...about,
      rate: timeMs.map(last(seconds)).map((sum) => rateOf(sum, budget)),
    })),
  };
}

/** What each correction takes out of the range, and by how much it changes what is left at its end. */
export function effectsOf({ objective, ring, corrections, range }: Account) {
  const budget = 1 - objective.target;
  const window = windowUpTo(objective, range.toMs);
  const left = (all: readonly Correction[]) => leftOf(new CorrectedCounts(ring, all).sum(window), budget);
  const now = left(corrections);
  return corrections.map((correction) => {
    const before = left(corrections.filter((one) => one !== correction));
    const share = now === null || before === null ? null : now - before;
    return { correction, takenOut: new CorrectedCounts(ring, [correction]).out(range), share };
  });
}

/** Of a budget; null without events. */
export function leftOf(counts: Counts, budget: number): number | null {
  const rate = rateOf(counts, budget);
  return rate === null ? null : 1 - rate;
}

function rateOf(counts: Counts, budget: number): number | null {
  const share = shareOf(counts);
  return share === undefined ? null : share / budget;
}

/** The window that ends at that time, or, of the calendar, the part of it up to then. */
export function windowUpTo({ window }: Pick<Objective, 'window'>, toMs: number): TimeRange {
  return { fromMs: windowAt(window, toMs - 1).fromMs, toMs };
}

/** Whole steps of UTC; the last one may be shorter. */
function endsOf({ fromMs, toMs }: TimeRange, stepMs: number): number[] {
  const ends: number[] = [];
  for (let end = (Math.floor(fromMs / stepMs) + 1) * stepMs; end < toMs; end += stepMs) ends.push(end);
  return [...ends, toMs];
}

function windowsOf(tiers: readonly Tier[]) {
  const all = new Map<string, { window: string; seconds: number; tiers: Tier['name'][]; limit: number }>();
  for (const { name, burnRate, short, long } of tiers) {
    for (const { text, seconds } of [short, long]) {
      const known = all.get(text) ?? { window: text, seconds, tiers: [], limit: Infinity };
      all.set(text, { ...known, tiers: [...known.tiers, name], limit: Math.min(known.limit, burnRate) });
    }
  }
  return [...all.values()].sort((left, right) => left.seconds - right.seconds);
}
