import type { MeasureProfile } from './measure-profile.ts';

/** A change that is too small to matter stays below the border in proportion to its size. */
const BELOW_BORDER = 0.99;

/**
 * Rare is not enough: a finding needs a direction that is bad news and a change that matters. Returns the highest score
 * that a step may have; it never falls when the value moves further from what was expected.
 */
export function highestScore(profile: MeasureProfile, value: number, expected: number): number {
  const change = value - expected;
  if (profile.direction === 'up' && change <= 0) return 0;
  if (profile.direction === 'down' && change >= 0) return 0;
  const effect = Math.min(
    ratio(Math.abs(change), profile.minimumChange),
    ratio(Math.abs(change), profile.minimumShare * Math.abs(expected)),
  );
  return effect >= 1 ? Infinity : BELOW_BORDER * effect;
}

function ratio(change: number, minimum: number): number {
  return minimum > 0 ? change / minimum : Infinity;
}
