import { describe, expect, test } from '@jest/globals';
import type { IncidentEvent, IncidentSummary } from '../../model/incident.ts';
import { anIncident, NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

const MINUTE = 60_000;

function aSummary(id: string, part: Partial<IncidentSummary> = {}): IncidentSummary {
  const times = { startMs: NOON + Number(id) * MINUTE, endMs: NOON + 60 * MINUTE };
  return anIncident({ id, ...times, services: ['checkout', 'Cart_1'], ...part });
}

function anEvent(incidentId: string, sequence: number, text = 'a note'): IncidentEvent {
  return { incidentId, sequence, atMs: NOON + sequence, actor: 'Ana', fact: { kind: 'note', text } };
}

export function incidentCases(open: OpenTest): void {
  describe('incidents', () => {
    test('are listed newest first as they are now, filtered and paged', async () => {
      const { incidents } = await open();
      await incidents.record(anEvent('1', 1), aSummary('1'));
      await incidents.record(anEvent('1', 2), aSummary('1', { state: 'closed', owner: 'Ana' }));
      await incidents.record(anEvent('2', 1), aSummary('2', { services: ['search'], severity: 'minor' }));
      await incidents.record(anEvent('10', 1), aSummary('10', { demoted: 'unchanged' }));
      const ids = async (filter: Parameters<typeof incidents.list>[0]['filter']) =>
        (await incidents.list({ filter, limit: 9 })).items.map(({ id }) => id);
      expect(await ids({})).toEqual(['2', '1']);
      expect(await ids({ demoted: true })).toEqual(['10', '2', '1']);
      expect(await ids({ states: ['closed'], owner: 'Ana', severities: ['major'] })).toEqual(['1']);
      expect(await ids({ services: ['Cart_1'] })).toEqual(['1']);
      expect(await ids({ services: ['Cart'] })).toEqual([]);
      expect(await ids({ text: 'CART_' })).toEqual(['1']);
      expect(await ids({ tenant: 'other' })).toEqual([]);
      expect(await ids({ toMs: NOON + 2 * MINUTE })).toEqual(['1']);
      const first = await incidents.list({ filter: {}, limit: 1 });
      expect([first.total, (await incidents.list({ filter: {}, limit: 1, after: first.next })).items[0]?.id]).toEqual([
        2,
        '1',
      ]);
      expect(await incidents.get('1')).toEqual(aSummary('1', { state: 'closed', owner: 'Ana' }));
      expect(await incidents.get('3')).toBeUndefined();
    });

    test('keep their timelines in order; those of incidents that are not over come back together', async () => {
      const { incidents } = await open();
      for (const sequence of [1, 2, 3, 11]) await incidents.record(anEvent('7', sequence), aSummary('7'));
      await incidents.record(anEvent('7', 11, 'told twice'), aSummary('7'));
      await incidents.record(anEvent('12', 1), aSummary('12', { state: 'closed' }));
      expect((await incidents.events('7')).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 11]);
      expect((await incidents.events('7')).at(-1)).toEqual(anEvent('7', 11));
      expect((await incidents.openEvents()).map(({ incidentId }) => incidentId)).toEqual(['7', '7', '7', '7']);
      expect(await incidents.lastId()).toBe(12);
    });

    test('without any the last id is 0', async () => {
      expect(await (await open()).incidents.lastId()).toBe(0);
    });

    test('are deleted with their timelines when they are over and old', async () => {
      const store = await open();
      await store.incidents.record(anEvent('1', 1), aSummary('1', { state: 'closed' }));
      await store.incidents.record(anEvent('2', 1), aSummary('2'));
      store.clock.nowMs = NOON + 366 * 24 * 60 * MINUTE;
      await store.deleteExpired();
      expect(await store.incidents.get('1')).toBeUndefined();
      expect(await store.incidents.events('1')).toEqual([]);
      expect(await store.incidents.events('2')).toHaveLength(1);
    });
  });
}
