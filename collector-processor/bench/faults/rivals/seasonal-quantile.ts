import { HOUR_MS } from '../series/season.ts';
import type { Rival } from './rival.ts';
import { outside } from './three-sigma.ts';

const HOURS = 24;
/** Days that are remembered, and days of which it wants to know an hour. */
const DAYS = 14;
const FIRST_DAYS = 1;
const TAIL = 0.005;
/** Share of an hour's minutes that have to be known. */
const ENOUGH = 0.5;

/** Between the 0.5 % and the 99.5 % quantile of the same hour of the last two weeks. */
export const seasonalQuantile: Rival = {
  name: 'seasonal_quantile',
  create(stepMs) {
    const perHour = Math.max(1, Math.round(HOUR_MS / stepMs));
    const kept = Float64Array.from({ length: HOURS * DAYS * perHour }, () => NaN);
    let band: { middle: number; half: number } | undefined;
    let hour = -1;
    return {
      step(timeMs, value) {
        const step = Math.floor(timeMs / stepMs);
        const ofHour = (Math.floor(step / perHour) % HOURS) * DAYS * perHour;
        if (Math.floor(step / perHour) !== hour) {
          hour = Math.floor(step / perHour);
          band = bandOf(kept.subarray(ofHour, ofHour + DAYS * perHour), perHour);
        }
        const day = Math.floor(hour / HOURS) % DAYS;
        kept[ofHour + day * perHour + (step % perHour)] = value;
        return band === undefined ? NaN : outside(value, band.middle, band.half);
      },
    };
  },
};

function bandOf(values: Float64Array, perHour: number): { middle: number; half: number } | undefined {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length < FIRST_DAYS * perHour * ENOUGH) return undefined;
  const at = (share: number): number => known[Math.floor(share * (known.length - 1))] as number;
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  return { middle: (low + high) / 2, half: (high - low) / 2 };
}
