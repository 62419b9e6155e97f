import { HOUR_MS } from '../series/season.ts';
import type { Rival } from './rival.ts';
import { RollingWindow } from './window.ts';

const DEVIATIONS = 3;
/** Values without which an hour says nothing. */
export const LEAST = 10;

/** `abs(x - avg_over_time(x[1h])) > 3 * stddev_over_time(x[1h])`, the value itself not in the window. */
export const threeSigma: Rival = {
  name: 'three_sigma',
  create(stepMs) {
    const hour = Math.max(LEAST, Math.round(HOUR_MS / stepMs));
    const window = new RollingWindow(hour);
    return {
      step(_timeMs, value) {
        const score = window.count < hour ? NaN : outside(value, window.mean(), DEVIATIONS * window.deviation());
        window.push(value);
        return score;
      },
    };
  },
};

/** In half widths of the band; a band without width is as wide as rounding. */
export function outside(value: number, middle: number, halfWidth: number): number {
  return (value - middle) / Math.max(halfWidth, 1e-9 * Math.abs(middle), 1e-12);
}
