import { describe, expect, test } from '@jest/globals';
import { aChange, NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

export function changeCases(open: OpenTest): void {
  describe('changes', () => {
    test('are listed newest first, filtered and paged', async () => {
      const { changes } = await open();
      for (const number of [1, 2, 3, 4]) {
        const service = number === 3 ? 'cart' : 'payment';
        await changes.record(aChange({ id: `c${String(number)}`, service, timeMs: NOON + Math.floor(number / 2) }));
      }
      const first = await changes.list({ filter: {}, limit: 3 });
      expect(first.items.map(({ id }) => id)).toEqual(['c4', 'c3', 'c2']);
      expect(first.total).toBe(4);
      const second = await changes.list({ filter: {}, limit: 3, after: first.next });
      expect(second.items.map(({ id }) => id)).toEqual(['c1']);
      expect(second.next).toBeUndefined();
      const filter = { services: ['payment'], kind: 'deploy', tenant: '', fromMs: NOON + 1, toMs: NOON + 2 } as const;
      expect((await changes.list({ filter, limit: 3 })).items).toEqual([aChange({ id: 'c2', timeMs: NOON + 1 })]);
    });

    test('posted twice are kept once, the first', async () => {
      const { changes } = await open();
      expect(await changes.post(aChange())).toEqual({ isNew: true, change: aChange() });
      expect(await changes.post(aChange({ to: 'other' }))).toEqual({ isNew: false, change: aChange() });
      expect((await changes.list({ filter: {}, limit: 3 })).total).toBe(1);
    });
  });
}
