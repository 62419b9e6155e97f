import { describe, expect, test } from '@jest/globals';
import type { HourOfCounts } from '../../model/slo-counts.ts';
import { NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

const HOUR_MS = 3_600_000;

function anHour(over: Partial<HourOfCounts> = {}): HourOfCounts {
  const minutes = Array.from({ length: 60 }, (_unused, minute) => ({ total: minute, bad: minute === 7 ? 1.5 : 0 }));
  return { budget: 'shop-checkout', hourMs: NOON, minutes, ...over };
}

export function sloCountCases(open: OpenTest): void {
  describe('counts of error budgets', () => {
    test('come back as they were, oldest first, from the asked hour on', async () => {
      const { sloCounts } = await open();
      const [first, second] = [anHour(), anHour({ hourMs: NOON + HOUR_MS })];
      expect(await sloCounts.keep(second)).toBe(true);
      expect(await sloCounts.keep(first)).toBe(true);
      expect(await sloCounts.since(NOON)).toEqual([first, second]);
      expect(await sloCounts.since(NOON + 1)).toEqual([second]);
    });

    test('of one budget come by themselves, and minutes that nobody knows stay unknown', async () => {
      const { sloCounts } = await open();
      const gap = anHour({ minutes: [{ total: 5, bad: 0 }, undefined, { total: 0, bad: 0 }] });
      await sloCounts.keep(gap);
      await sloCounts.keep(anHour({ budget: 'other' }));
      await sloCounts.keep(anHour({ hourMs: NOON + HOUR_MS }));
      expect(await sloCounts.of('shop-checkout', { fromMs: NOON, toMs: NOON + HOUR_MS })).toEqual([gap]);
    });

    test('of an hour take the place of what was kept of it', async () => {
      const { sloCounts } = await open();
      await sloCounts.keep(anHour());
      await sloCounts.keep(anHour({ minutes: [{ total: 9, bad: 9 }] }));
      expect(await sloCounts.since(0)).toEqual([anHour({ minutes: [{ total: 9, bad: 9 }] })]);
    });
  });
}
