import type { Rival } from './rival.ts';
import { outside } from './three-sigma.ts';

const HOUR = 60;
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
  create() {
    const kept = Float64Array.from({ length: HOURS * DAYS * HOUR }, () => NaN);
    let band: { middle: number; half: number } | undefined;
    let steps = 0;
    return {
      step(_timeMs, value) {
        const hour = Math.floor(steps / HOUR);
        const ofHour = (hour % HOURS) * DAYS * HOUR;
        if (steps % HOUR === 0) band = bandOf(kept.subarray(ofHour, ofHour + DAYS * HOUR));
        const day = Math.floor(hour / HOURS) % DAYS;
        kept[ofHour + day * HOUR + (steps % HOUR)] = value;
        steps++;
        return band === undefined ? NaN : outside(value, band.middle, band.half);
      },
    };
  },
};

function bandOf(values: Float64Array): { middle: number; half: number } | undefined {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length < FIRST_DAYS * HOUR * ENOUGH) return undefined;
  const at = (share: number): number => known[Math.floor(share * (known.length - 1))] as number;
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  return { middle: (low + high) / 2, half: (high - low) / 2 };
}
