import type { Rival } from './rival.ts';
import { outside } from './three-sigma.ts';
import { RollingWindow } from './window.ts';

const HOUR = 60;
const DAY = 1440;
const DEVIATIONS = 3;

/**
 * Bands as recording rules draw them: `avg_over_time(x[1h] offset 1d) ± 3 * stddev_over_time(x[1h] offset 1d)`, the hour
 * centred on the same time of yesterday.
 */
export const promqlBands: Rival = {
  name: 'promql_bands',
  create() {
    const yesterday = new Float64Array(DAY);
    const window = new RollingWindow(HOUR);
    let steps = 0;
    return {
      step(_timeMs, value) {
        // The newest value of that hour was seen half an hour less than a day ago.
        const newest = steps - DAY + HOUR / 2;
        if (newest >= 0) window.push(yesterday[newest % DAY] as number);
        yesterday[steps % DAY] = value;
        steps++;
        return window.count < HOUR ? NaN : outside(value, window.mean(), DEVIATIONS * window.deviation());
      },
    };
  },
};
