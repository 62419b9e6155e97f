import { describe, expect, test } from '@jest/globals';
import { aSeries, anAnomaly, findingId, NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;

export function anomalyCases(open: OpenTest): void {
  describe('anomalies', () => {
    const everything = { filter: {}, sort: '-startMs', limit: 100 } as const;

    test('are read back as they were recorded', async () => {
      const { anomalies } = await open();
      expect(await anomalies.record({ kind: 'opened', anomaly: anAnomaly() })).toEqual({ kind: 'stored' });
      expect(await anomalies.get(findingId(1))).toEqual(anAnomaly());
      expect(await anomalies.get(findingId(2))).toBeUndefined();
    });

    test('keep what JSON cannot say: a missing expectation and an open band', async () => {
      const { anomalies } = await open();
      const anomaly = anAnomaly({ expected: Number.NaN, upper: Number.POSITIVE_INFINITY });
      await anomalies.record({ kind: 'opened', anomaly });
      expect(await anomalies.get(anomaly.id)).toEqual({ ...anomaly, upper: Number.NaN });
    });

    test('with an endless score stand above all others', async () => {
      const { anomalies } = await open();
      await anomalies.record({ kind: 'opened', anomaly: anAnomaly({ peakScore: Number.POSITIVE_INFINITY }) });
      await anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: findingId(2), peakScore: 1e9 }) });
      const { items } = await anomalies.list({ ...everything, sort: '-peakScore' });
      expect(items.map(({ peakScore }) => peakScore)).toEqual([Number.MAX_VALUE, 1e9]);
    });

    test('are one row each, in their newest state', async () => {
      const { anomalies } = await open();
      await anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
      await anomalies.record({ kind: 'updated', anomaly: anAnomaly({ border: 'page', peakScore: 20 }) });
      expect(await anomalies.counts()).toEqual({ open: 1, paging: 1 });
      await anomalies.record({
        kind: 'closed',
        anomaly: anAnomaly({ state: 'closed', peakScore: 20, endMs: NOON + HOUR }),
      });
      const { items, total } = await anomalies.list(everything);
      expect(items).toEqual([anAnomaly({ state: 'closed', peakScore: 20, endMs: NOON + HOUR })]);
      expect(total).toBe(1);
      expect(await anomalies.counts()).toEqual({ open: 0, paging: 0 });
    });

    test('are filtered by tenant, service, signal, series, state, border, time, score and text', async () => {
      const { anomalies } = await open();
      const odd = anAnomaly({
        id: findingId(2),
        series: aSeries({ id: 'ffff', tenant: 'blue', service: 'cart', signal: 'logs', template: '100% of <*>_x' }),
        state: 'closed',
        border: 'page',
        startMs: NOON - HOUR,
        endMs: NOON - 30 * MINUTE,
        peakScore: 2,
        sentence: 'Surge of a log line in Cart.',
      });
      await anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
      await anomalies.record({ kind: 'closed', anomaly: odd });
      const find = async (filter: object): Promise<string[]> => {
        const { items, total } = await anomalies.list({ ...everything, filter });
        expect(total).toBe(items.length);
        return items.map(({ id }) => id);
      };

      const onlyOdd = [findingId(2)];
      expect(await find({ tenant: 'blue' })).toEqual(onlyOdd);
      expect(await find({ services: ['cart', 'none'] })).toEqual(onlyOdd);
      expect(await find({ services: [] })).toHaveLength(2);
      expect(await find({ signals: ['logs'] })).toEqual(onlyOdd);
      expect(await find({ seriesId: 'ffff' })).toEqual(onlyOdd);
      expect(await find({ state: 'closed' })).toEqual(onlyOdd);
      expect(await find({ border: 'page' })).toEqual(onlyOdd);
      expect(await find({ toMs: NOON })).toEqual(onlyOdd);
      expect(await find({ fromMs: NOON - 30 * MINUTE })).toEqual([findingId(1), findingId(2)]);
      expect(await find({ fromMs: NOON - 30 * MINUTE + 1 })).toEqual([findingId(1)]);
      expect(await find({ minScore: 3 })).toEqual([findingId(1)]);
      expect(await find({ text: 'LOG LINE' })).toEqual(onlyOdd);
      expect(await find({ text: '100% of' })).toEqual(onlyOdd);
      expect(await find({ text: '0%o' })).toEqual([]);
      expect(await find({ text: 'x_x' })).toEqual([]);
      expect(await find({ state: 'open', tenant: 'blue' })).toEqual([]);
    });

    test.each(['-startMs', 'startMs', '-peakScore'] as const)(
      'are paged by %s without gaps or doubles',
      async (sort) => {
        const { anomalies } = await open();
        const numbers = Array.from({ length: 25 }, (_, index) => index);
        for (const number of numbers) {
          // Many ties, so that the key has to settle them.
          const anomaly = anAnomaly({
            id: findingId(number),
            startMs: NOON + (number % 3),
            peakScore: 1 + (number % 4) / 3,
          });
          void anomalies.record({ kind: 'opened', anomaly });
        }
        await anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: findingId(25) }) });
        const seen: string[] = [];
        const keys: number[] = [];
        let after;
        do {
          const page = await anomalies.list({ filter: {}, sort, limit: 4, after });
          seen.push(...page.items.map(({ id }) => id));
          keys.push(...page.items.map(({ startMs, peakScore }) => (sort === '-peakScore' ? peakScore : startMs)));
          after = page.next;
        } while (after !== undefined);
        expect(new Set(seen)).toEqual(new Set([...numbers, 25].map(findingId)));
        expect(seen).toHaveLength(26);
        expect(keys).toEqual(keys.toSorted((left, right) => (sort === 'startMs' ? left - right : right - left)));
      },
    );

    test('left open by a process that ended are closed, except those that go on', async () => {
      const { anomalies } = await open();
      for (const number of [1, 2, 3]) {
        await anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: findingId(number) }) });
      }
      const closed = await anomalies.closeOrphans(new Set([findingId(2)]));
      expect(closed.map(({ id, state }) => [id, state])).toEqual([
        [findingId(1), 'closed'],
        [findingId(3), 'closed'],
      ]);
      const { items } = await anomalies.list({ ...everything, filter: { state: 'open' } });
      expect(items.map(({ id }) => id)).toEqual([findingId(2)]);
    });

    test('survive a storm of 10,001 in a few transactions, and are counted up to a bound', async () => {
      const { anomalies, metrics } = await open({ queueSize: 20_000 });
      const outcomes = await Promise.all(
        Array.from({ length: 10_001 }, (_, number) =>
          anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: findingId(number) }) }),
        ),
      );
      expect(new Set(outcomes.map(({ kind: outcome }) => outcome))).toEqual(new Set(['stored']));
      expect((await anomalies.counts()).open).toBe(10_001);
      expect(await anomalies.list({ ...everything, limit: 1 })).toMatchObject({ total: 10_000, totalIsExact: false });
      const commits = metrics.samples().find(({ name }) => name === 'sentinel_store_commits_total');
      expect(commits?.value).toBeLessThanOrEqual(11);
    });
  });
}
