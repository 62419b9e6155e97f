import { medianOf } from '../../model/order-statistics.ts';

/** How far one is from the others. */
export interface Apart {
  /** Median of the others. */
  readonly centre: number;
  /** Standard deviation of the others, by the median absolute deviation about it. */
  readonly spread: number;
}

const MAD_TO_DEVIATION = 1.4826;
/** Degrees of freedom: few peers make heavy tails. */
const FREEDOM = 4;

/** Of all but one, so that nobody is measured by a scale that it bends itself. */
export function othersThan(at: number, levels: readonly number[]): Apart {
  const others = levels.filter((_level, i) => i !== at);
  const centre = medianOf(others);
  return { centre, spread: MAD_TO_DEVIATION * medianOf(others.map((level) => Math.abs(level - centre))) };
}

/**
 * Surprise (-log10 of a chance) at so many deviations from the peers in one of several steps in a row, by Student's
 * tails, less what it takes to be the oddest of `peers`. Steps in a row are no independent witnesses: all of them
 * count for two.
 */
export function peerSurprise(deviations: number, peers: number): number {
  const once = ((FREEDOM + 1) / 2) * Math.log10(1 + (deviations * deviations) / FREEDOM);
  return Math.max(0, 2 * once - Math.log10(peers));
}

/** How many deviations make this surprise: the inverse of `peerSurprise`. */
export function deviationsAt(surprise: number, peers: number): number {
  const once = (surprise + Math.log10(peers)) / 2;
  return Math.sqrt(FREEDOM * (10 ** ((2 * once) / (FREEDOM + 1)) - 1));
}
