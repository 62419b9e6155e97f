import { describe, expect, test } from '@jest/globals';
import { aChange, anAnnotation, anAnomaly, findingId, NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

const DAY = 86_400_000;

export function retentionCases(open: OpenTest): void {
  describe('retention', () => {
    test('deletes what ended before its time, in steps, and nothing else', async () => {
      const store = await open();
      for (const number of [1, 2, 3, 4, 5]) {
        await store.anomalies.record({
          kind: 'opened',
          anomaly: anAnomaly({ id: findingId(number), endMs: NOON - DAY }),
        });
        await store.changes.record(aChange({ id: `c${String(number)}` }));
        await store.annotations.put(anAnnotation({ key: `a${String(number)}`, state: 'closed', endMs: NOON }));
      }
      await store.annotations.put(anAnnotation({ key: 'still open', state: 'created' }));
      await store.annotations.put(anAnnotation({ key: 'never sent', state: 'intended' }));
      await store.anomalies.record({
        kind: 'opened',
        anomaly: anAnomaly({ id: findingId(9), endMs: NOON + 60 * DAY }),
      });
      const token = await store.tokens.create({ name: 'old', role: 'reader' });
      await store.tokens.create({ name: 'brief', role: 'reader', expiresAtMs: NOON + DAY });
      await store.tokens.create({ name: 'lasting', role: 'reader' });
      await store.tokens.revoke(token?.token.id ?? '');

      await store.deleteExpired();
      expect((await store.anomalies.counts()).open).toBe(6);
      store.clock.nowMs = NOON + 92 * DAY;
      await store.deleteExpired();
      expect((await store.anomalies.counts()).open).toBe(1);
      expect((await store.changes.list({ filter: {}, limit: 9 })).total).toBe(5);
      expect((await store.annotations.open(9)).map(({ key }) => key)).toEqual(['still open']);
      expect(await store.annotations.get('a1')).toBeUndefined();
      expect((await store.tokens.list()).map(({ name }) => name)).toEqual(['lasting']);
      store.clock.nowMs = NOON + 366 * DAY;
      await store.deleteExpired();
      expect((await store.changes.list({ filter: {}, limit: 9 })).total).toBe(0);
      expect(store.metrics.render()).toContain('sentinel_store_expired_rows_total{table="anomalies"} 6');
    });
  });
}
