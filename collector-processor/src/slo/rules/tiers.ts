import type { Span } from '../promql/shares.ts';

/**
 * An alert of several windows (Google SRE workbook, "Alerting on SLOs", table 5-8): it fires while both windows burn
 * `burnRate` times as fast as the budget allows. The long one says that it matters, the short one that it still goes on.
 */
export interface Tier {
  readonly name: 'fast' | 'medium' | 'slow' | 'trickle';
  readonly kind: 'page' | 'ticket';
  readonly short: Span;
  readonly long: Span;
  readonly burnRate: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Share of the budget that may be gone at the end of the long window before somebody is told. */
const shares = [
  { name: 'fast', kind: 'page', share: 0.02, short: span('5m', 5 * minute), long: span('1h', hour) },
  { name: 'medium', kind: 'page', share: 0.05, short: span('30m', 30 * minute), long: span('6h', 6 * hour) },
  { name: 'slow', kind: 'ticket', share: 0.1, short: span('2h', 2 * hour), long: span('1d', day) },
  { name: 'trickle', kind: 'ticket', share: 0.1, short: span('6h', 6 * hour), long: span('3d', 3 * day) },
] as const;

/** All windows that burn rates are taken over, shortest first. */
export const burnWindows: readonly Span[] = shares
  .flatMap(({ short, long }) => [short, long])
  .filter((one, index, all) => all.findIndex(({ text }) => text === one.text) === index)
  .sort((a, b) => a.seconds - b.seconds);

/** Windows of which the guards ask how many events they had. */
export const longWindows: readonly Span[] = shares.map(({ long }) => long);

/**
 * The tiers of an SLO's window. The same share of a shorter budget is gone at a lower burn rate, but at a rate of 1 it lasts
 * just to the end, so no tier asks for less. Tiers of which the long window is more than half of the SLO's are left out.
 */
export function tiersOf(periodSeconds: number): readonly Tier[] {
  return shares
    .filter(({ long }) => long.seconds * 2 <= periodSeconds)
    .map(({ share, long, ...tier }) => {
      const burnRate = Number(((share * periodSeconds) / long.seconds).toPrecision(6));
      return { ...tier, long, burnRate: Math.max(1, burnRate) };
    });
}

/** Share of bad events that stands for nearly all of them. */
const NEARLY_ALL = 0.9;

/** Where most of what happens fails, a few events are enough: that is no share any more, that is down. */
export const MOST = 0.5;

/**
 * The share of bad events above which a tier burns. With a modest objective not even an outage burns as fast as a tier asks for:
 * then nearly everything must fail.
 */
export function limitOf({ burnRate }: Tier, budget: number): number {
  const limit = Number((burnRate * budget).toPrecision(12));
  return limit < 1 ? limit : NEARLY_ALL;
}

function span(text: string, seconds: number): Span {
  return { text, seconds };
}
