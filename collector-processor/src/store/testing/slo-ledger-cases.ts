import { describe, expect, test } from '@jest/globals';
import type { Correction } from '../../model/slo-correction.ts';
import type { SloCrossing } from '../../model/slo-crossing.ts';
import { NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

const HOUR_MS = 3_600_000;

function aCorrection(over: Partial<Correction> = {}): Correction {
  const times = { fromMs: NOON, toMs: NOON + HOUR_MS, atMs: NOON };
  return {
    id: 'upgrade',
    ...times,
    scope: { service: 'shop' },
    reason: 'Upgrade',
    author: 'ada',
    source: 'person',
    ...over,
  };
}

function aCrossing(over: Partial<SloCrossing> = {}): SloCrossing {
  const { slo = 'shop-checkout', atMs = NOON } = over;
  const about = { slo, title: 'Checkout', service: 'shop', atMs };
  return { id: `${slo}@${atMs}`, ...about, from: 'none', to: 'fast', rate: 22, left: null, ...over };
}

export function sloLedgerCases(open: OpenTest): void {
  describe('corrections of error budgets', () => {
    test('are kept once by their id, and a second one of that id changes nothing', async () => {
      const { sloCorrections } = await open();
      expect(await sloCorrections.add(aCorrection())).toEqual({ isNew: true, correction: aCorrection() });
      const again = await sloCorrections.add(aCorrection({ reason: 'Another' }));
      expect(again).toEqual({ isNew: false, correction: aCorrection() });
    });

    test('are taken back by an entry of their own, once, and stay in the list', async () => {
      const { sloCorrections } = await open();
      await sloCorrections.add(aCorrection());
      const reversal = { author: 'bo', reason: 'Wrong day', atMs: NOON + 1 };
      const reversed = aCorrection({ reversal });
      expect(await sloCorrections.reverse('upgrade', reversal)).toEqual({ isNew: true, correction: reversed });
      const later = { ...reversal, reason: 'Again' };
      expect(await sloCorrections.reverse('upgrade', later)).toEqual({ isNew: false, correction: reversed });
      expect(await sloCorrections.reverse('nothing', reversal)).toBeUndefined();
      expect(await sloCorrections.reverse('reverse:upgrade', reversal)).toBeUndefined();
      expect(await sloCorrections.inForce(0, 9)).toEqual([]);
      expect(await sloCorrections.list({ limit: 9 })).toEqual({ items: [reversed], total: 1, totalIsExact: true });
      expect((await sloCorrections.list({ limit: 9, state: 'in_force' })).items).toEqual([]);
      expect((await sloCorrections.list({ limit: 9, state: 'reversed' })).items).toEqual([reversed]);
    });

    test('are listed page by page, newest begin first, by the time that they touch', async () => {
      const { sloCorrections } = await open();
      const all = [0, 1, 2].map((n) =>
        aCorrection({ id: `c${n}`, fromMs: NOON + n * HOUR_MS, toMs: NOON + (n + 1) * HOUR_MS }),
      );
      for (const one of all) await sloCorrections.add(one);
      const first = await sloCorrections.list({ limit: 2 });
      expect(first.items.map(({ id }) => id)).toEqual(['c2', 'c1']);
      const second = await sloCorrections.list({ limit: 2, after: first.next });
      expect(second.items.map(({ id }) => id)).toEqual(['c0']);
      const touching = await sloCorrections.list({ limit: 9, fromMs: NOON + HOUR_MS, toMs: NOON + 2 * HOUR_MS });
      expect(touching.items.map(({ id }) => id)).toEqual(['c1']);
      expect((await sloCorrections.inForce(NOON + 2 * HOUR_MS, 9)).map(({ id }) => id)).toEqual(['c2']);
    });

    test('leave with their reversal when their retention is over', async () => {
      const store = await open();
      await store.sloCorrections.add(aCorrection());
      await store.sloCorrections.reverse('upgrade', { author: 'bo', reason: 'No', atMs: NOON });
      await store.sloCrossings.record(aCrossing());
      store.clock.nowMs = NOON + 366 * 24 * HOUR_MS;
      await store.deleteExpired();
      expect((await store.sloCorrections.list({ limit: 9 })).total).toBe(0);
      expect((await store.sloCorrections.add(aCorrection())).correction.reversal).toBeUndefined();
      expect(await store.sloCrossings.latest()).toEqual([]);
    });
  });

  describe('crossings of error budgets', () => {
    test('come back by budget and time, and the newest of each', async () => {
      const { sloCrossings } = await open();
      const [first, second] = [aCrossing(), aCrossing({ atMs: NOON + HOUR_MS, from: 'fast', to: 'none' })];
      const other = aCrossing({ slo: 'cart-errors' });
      for (const one of [first, second, other]) expect(await sloCrossings.record(one)).toBe(true);
      await sloCrossings.record(first);
      expect(await sloCrossings.between('shop-checkout', { fromMs: NOON, toMs: NOON + 2 * HOUR_MS })).toEqual([
        first,
        second,
      ]);
      expect(await sloCrossings.between('shop-checkout', { fromMs: NOON + 1, toMs: NOON + HOUR_MS })).toEqual([]);
      const latest = await sloCrossings.latest();
      expect(new Set(latest)).toEqual(new Set([second, other]));
    });
  });
}
