import { within, type SeenCounts, type WindowCounts } from './seen-counts.ts';

/**
 * Rule shapes as their documentation describes them, on counts instead of series.
 *
 * Sloth: the four rows of the SRE workbook, bare shares over the short and the long window, burn rates by the share of the budget
 * that a row may cost (2, 5, 10, 10 % of it; for 28 days 13.44, 5.6, 2.8, 0.933). Pyrra: windows that scale with the objective's
 * (for 28 days 5 min and 1 h, 30 min and 6 h, 2 h and 1 d, 6 h and 4 d), factors 14, 7, 2, 1, each with a time for which it
 * must hold (2 min, 15 min, 1 h, 3 h).
 */
export interface Shape {
  readonly name: 'sentinel' | 'sloth' | 'pyrra';
  readonly tiers: readonly ShapeTier[];
}

export interface ShapeTier {
  readonly name: string;
  readonly kind: 'page' | 'ticket';
  /** Minutes. */
  readonly short: number;
  readonly long: number;
  readonly rate: number;
  readonly forMinutes: number;
}

const hour = 60;
const day = 24 * hour;
/** 28 days. */
const rows = [
  { name: 'fast', kind: 'page', short: 5, long: hour },
  { name: 'medium', kind: 'page', short: 30, long: 6 * hour },
  { name: 'slow', kind: 'ticket', short: 2 * hour, long: day },
  { name: 'trickle', kind: 'ticket', short: 6 * hour, long: 3 * day },
] as const;
const tiers = (rates: readonly number[]) => rows.map((row, index) => ({ ...row, rate: rates[index]!, forMinutes: 0 }));
const waits = [2, 15, hour, 3 * hour];

export const sentinelShape: Shape = { name: 'sentinel', tiers: tiers([13.44, 5.6, 2.8, 1]) };
export const slothShape: Shape = { name: 'sloth', tiers: tiers([13.44, 5.6, 2.8, 0.28 / 0.3]) };
export const pyrraShape: Shape = {
  name: 'pyrra',
  tiers: tiers([14, 7, 2, 1]).map((tier, index) => ({
    ...tier,
    long: tier.name === 'trickle' ? 4 * day : tier.long,
    forMinutes: waits[index]!,
  })),
};
export const shapes: readonly Shape[] = [sentinelShape, slothShape, pyrraShape];

/** For each minute's end whether the tier's alert fires; minute 0 is before anything happened. */
export function firing(shape: Shape, tier: ShapeTier, seen: SeenCounts, objective: number): Uint8Array {
  const fires = new Uint8Array(seen.total.length);
  const limit = tier.rate * (1 - objective);
  const holds = shape.name === 'sentinel' ? guarded : bare;
  let since = -1;
  let known = { at: -Infinity, isOver: false };
  for (let at = 1; at < fires.length; at++) {
    const short = within(seen, at, tier.short);
    if (short !== undefined && short.total > 0) known = { at, isOver: short.bad > limit * short.total };
    const isOver = holds({ tier, seen, at, limit, short, wasOver: known.isOver && at - known.at <= tier.long });
    if (!isOver) since = -1;
    else if (since < 0) since = at;
    fires[at] = since >= 0 && at - since >= tier.forMinutes ? 1 : 0;
  }
  return fires;
}

interface Looked {
  readonly tier: ShapeTier;
  readonly seen: SeenCounts;
  readonly at: number;
  readonly limit: number;
  readonly short: WindowCounts | undefined;
  /** Whether the short window was over the limit when it last had events. */
  readonly wasOver: boolean;
}

function bare({ tier, seen, at, limit, short }: Looked): boolean {
  if (short === undefined || short.bad <= limit * short.total) return false;
  const long = within(seen, at, tier.long);
  return long !== undefined && long.bad > limit * long.total;
}

/** What docs/slo.md says of few events: 50 events, 3 bad ones, and a share that is surely above the limit. */
function guarded({ tier, seen, at, limit, wasOver }: Looked): boolean {
  const long = within(seen, at, tier.long);
  if (long === undefined || long.bad < 3 || !isSurelyAbove(long, limit)) return false;
  if (wasOver && (long.total >= 50 || isSurelyAbove(long, 0.5))) return true;
  return tier.name === 'trickle' && (within(seen, at, day)?.bad ?? 0) >= 1;
}

/**
 * Whether so many bad ones are too many for a true share at the limit: the score test with 5 % on one side, of which the lower
 * end of the Wilson interval is the inverse.
 */
function isSurelyAbove({ total, bad }: WindowCounts, limit: number): boolean {
  if (bad <= limit * total) return false;
  return (bad - limit * total) ** 2 > 1.645 ** 2 * total * limit * (1 - limit);
}
