import type { Anomaly, Factor } from '../model/anomaly.ts';
import type { Verdict } from './verdict.ts';

/** Closer to 1 than this a factor is not worth a word. */
const WORTH_TELLING = 0.02;

/** What raised or lowered the score beside the word of the detectors; `allowed` is the highest that the gates let through. */
export function factorsOf({ rarityFactor, habituation, score }: Verdict, allowed: number): Factor[] {
  const gate = score > 0 ? Math.min(1, allowed / score) : 1;
  const all: Factor[] = [
    { name: 'rarity', factor: rarityFactor, text: 'how seldom the detectors say so much on this very series' },
    { name: 'habituation', factor: habituation, text: 'events alike in the last days' },
    { name: 'effect', factor: gate, text: 'a change or a number of events that is too small to matter by itself' },
  ];
  return all.filter(({ factor }) => Math.abs(factor - 1) >= WORTH_TELLING);
}

type Told = Pick<Anomaly, 'reasons' | 'effectSize' | 'factors' | 'earlier'>;

/** Why a finding has its score, in one sentence; empty when there is nothing to tell. */
export function explain({ reasons, effectSize, factors = [], earlier }: Told): string {
  const agreed = reasons.filter((reason) => reason.agreed).length;
  const parts = [
    reasons.length === 0 ? '' : `${agreed} of ${reasons.length} detectors agree`,
    effectSize === undefined ? '' : `it went ${effectSize.toFixed(1)} times as far from what was expected as usual`,
    ...factors.map(
      ({ factor, text }) => `${factor > 1 ? 'raised' : 'lowered'} to ${Math.round(100 * factor)} % by ${text}`,
    ),
    earlierText(earlier),
  ].filter((part) => part !== '');
  const text = parts.join('; ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export function earlierText(earlier: Anomaly['earlier']): string {
  return earlier === undefined
    ? ''
    : `the nearest earlier finding on it began ${new Date(earlier.startMs).toISOString()}`;
}

/**
 * How many times as far from the expected value as the end of the band on that side; undefined without a band. The same for
 * seconds, shares and counts.
 */
export function effectSizeOf(numbers: Pick<Anomaly, 'observed' | 'expected' | 'lower' | 'upper'>): number | undefined {
  const { observed, expected, lower, upper } = numbers;
  const end = observed >= expected ? upper : lower;
  // A pause that may be anything up to the expected one is measured by that.
  const reach = lower === 0 && upper === expected ? expected : Math.abs(end - expected);
  const size = Math.abs(observed - expected) / reach;
  return Number.isFinite(size) ? size : undefined;
}
