import type { SubjectKindName } from '../subject-kinds.ts';

/** What was added up of one instance since its last verdict. */
export interface Tallied {
  readonly events: number;
  readonly total: number;
  readonly seconds: number;
  readonly sum: number;
  readonly failures: number;
}

/** A number of an instance on a scale where noise is about even. */
export interface PeerScale {
  /** NaN when there is none. */
  readonly level: (tallied: Tallied, spanSeconds: number) => number;
  readonly value: (level: number, spanSeconds: number) => number;
  /** Noise that is always believed, at this level and with so many events. */
  readonly floor: (level: number, events: number) => number;
  /** From 1 on the change matters. */
  readonly effect: (value: number, centre: number, ratio: number) => number;
}

/** Which numbers of a kind of subject are compared, and what a finding on each is told as. */
export interface PeerMeasure extends PeerScale {
  readonly kind: SubjectKindName;
  /** Less than the others is no news: so do those look that have just started. */
  readonly upOnly: boolean;
  /** Fewer wait for more. */
  readonly countsEvents: boolean;
  readonly needsFailures: boolean;
}

/** A twentieth is the same. */
const ALIKE = 0.05;
/** Shares that differ by less are the same. */
const LEAST_SHARE = 0.05;
/** Noise of a share is 1/√n on its scale; failures come in bursts. */
const SHARE_NOISE = 1.2;
const ANSCOMBE = 0.375;

/** Times as large, or as small. */
function timesAs(value: number, centre: number, ratio: number): number {
  const times = Math.max(value / centre, centre / value);
  if (!(centre * value > 0)) return centre === value ? 0 : Infinity;
  return (times - 1) / (ratio - 1);
}

const amount: PeerScale = {
  level: ({ events, total }) => total / events,
  value: (level) => level,
  floor: (level) => ALIKE * Math.abs(level),
  // Of nothing there is no multiple.
  effect: (value, centre, ratio) => (centre === 0 ? 0 : timesAs(value, centre, ratio)),
};

/** By Anscombe's root: a count of n has noise √n, so that 2 instead of 1 is nothing. */
const counted: PeerScale = {
  level: ({ total, seconds }, span) => 2 * Math.sqrt(Math.max(0, (total / seconds) * span) + ANSCOMBE),
  value: (level, span) => Math.max(0, (Math.max(0, level) / 2) ** 2 - ANSCOMBE) / span,
  floor: (level) => Math.max(1, (ALIKE / 2) * level),
  effect: timesAs,
};

/** Gauges that count things. */
const wholeNumbers: PeerScale = {
  ...counted,
  level: ({ events, total }) => 2 * Math.sqrt(Math.max(0, total / events) + ANSCOMBE),
  value: (level) => Math.max(0, (Math.max(0, level) / 2) ** 2 - ANSCOMBE),
};

const logarithm: PeerScale = {
  level: ({ total, sum }) => Math.log(sum / total),
  value: Math.exp,
  floor: () => ALIKE,
  effect: timesAs,
};

const gauge: PeerMeasure = {
  ...{ ...amount, kind: 'peer', upOnly: true, countsEvents: false, needsFailures: false },
};
const rate: PeerMeasure = { ...gauge, ...counted, kind: 'peerRate', upOnly: false };
const mean: PeerMeasure = { ...gauge, ...logarithm, countsEvents: true };
/** The geometric mean: `sum` holds logarithms, so that one slow call in hundreds does not make an instance slow. */
const duration: PeerMeasure = { ...mean, level: ({ total, sum }) => sum / total };
const failures: PeerMeasure = {
  ...{ ...gauge, kind: 'peerErrors', countsEvents: true, needsFailures: true },
  level: ({ total, failures: failed }) => 2 * Math.asin(Math.sqrt(Math.min(1, failed / total))),
  value: (level) => Math.sin(Math.min(Math.PI, Math.max(0, level)) / 2) ** 2,
  floor: (_level, events) => SHARE_NOISE / Math.sqrt(Math.max(1, events)),
  effect: (value, centre) => (value - centre) / LEAST_SHARE,
};

export const peerMeasures: Readonly<Partial<Record<SubjectKindName, readonly PeerMeasure[]>>> = {
  gauge: [gauge],
  sum: [rate],
  histogram: [mean],
  summary: [mean],
  calls: [duration, failures],
};

/** Gauges of whole numbers count things, as far as is known. */
export function scaleOf(measure: PeerMeasure, members: readonly { readonly tallied: Tallied }[]): PeerMeasure {
  const isCount = ({ total, events }: Tallied): boolean => total >= 0 && Number.isInteger(total / events);
  return measure === gauge && members.every(({ tallied }) => isCount(tallied))
    ? { ...gauge, ...wholeNumbers }
    : measure;
}
