import { describe, expect, test } from '@jest/globals';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { createLoadBudget } from './load-budget.ts';

function budget() {
  const metrics = createSelfMetrics();
  return { metrics, load: createLoadBudget({ bucket: 1000, cpuShare: 0.5 }, metrics) };
}

describe('above its share of a core', () => {
  test('series are judged in turns, and those left out are counted', () => {
    const { load, metrics } = budget();
    load.charge(499);
    expect(load.allows(3, 0)).toBe(true);
    load.charge(2);
    const judged = (bucket: number): number[] =>
      [...Array(64).keys()].filter((subject) => load.allows(subject, bucket));
    expect(judged(0)).toHaveLength(8);
    expect(judged(1)).not.toEqual(judged(0));
    expect(metrics.render()).toContain('sentinel_unscored_series_total{reason="overload"} 168');
  });

  test('items are left out until the next bucket', () => {
    const { load } = budget();
    load.charge(600);
    expect(load.open).toBe(false);
    load.renew();
    expect(load.open).toBe(true);
  });
});
