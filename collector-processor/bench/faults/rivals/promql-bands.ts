import { DAY_MS, HOUR_MS } from '../series/season.ts';
import type { Rival } from './rival.ts';
import { LEAST, outside } from './three-sigma.ts';
import { RollingWindow } from './window.ts';

const DEVIATIONS = 3;

/**
 * Bands as recording rules draw them: `avg_over_time(x[1h] offset 1d) ± 3 * stddev_over_time(x[1h] offset 1d)`, the hour
 * centred on the same time of yesterday.
 */
export const promqlBands: Rival = {
  name: 'promql_bands',
  create(stepMs) {
    const day = Math.max(1, Math.round(DAY_MS / stepMs));
    const hour = Math.max(LEAST, Math.round(HOUR_MS / stepMs));
    const yesterday = new Float64Array(day).fill(NaN);
    const window = new RollingWindow(hour);
    return {
      step(timeMs, value) {
        const now = Math.floor(timeMs / stepMs);
        // The newest value of that hour was seen half an hour less than a day ago.
        const newest = yesterday[(now + Math.floor(hour / 2)) % day] as number;
        if (!Number.isNaN(newest)) window.push(newest);
        yesterday[now % day] = value;
        return window.count < hour ? NaN : outside(value, window.mean(), DEVIATIONS * window.deviation());
      },
    };
  },
};
