import { expect, test } from '@jest/globals';
import { aSeries } from '../../store/testing/builders.ts';
import { capacityAnomaly, type OpenCapacityFinding } from './capacity-finding.ts';
import type { CapacitySeries } from './capacity-series.ts';

function explained(expected: number) {
  const series = { identity: { series: aSeries(), unit: 'By' } } as unknown as CapacitySeries;
  const left = { soonest: expected, expected, latest: expected };
  const times = { startMs: 0, detectedAtMs: 0, peakMs: 0, endMs: 0, quiet: 0, sentScore: 1, sentMs: 0 };
  const finding: OpenCapacityFinding = { id: 'a', border: 'page', peakScore: 2, left, ...times };
  const told = { series, finding, state: 'open', stepMs: 1, horizonDays: 7, version: '1', sentence: '' } as const;
  const { effectSize, explanation } = capacityAnomaly(told);
  return [effectSize, explanation];
}

test('effect size and explanation say how soon it runs out, and that it has', () => {
  const agree = 'Both windows of the forecast agree, the long one and its last third';
  expect(explained(3.5)).toEqual([2, `${agree}; it comes 2 times as soon as the horizon of 7 days.`]);
  expect(explained(0)).toEqual([undefined, `${agree}; it is there already.`]);
});
