import { expect, test } from '@jest/globals';
import type { Correction, CorrectionLedger } from '../../model/slo-correction.ts';
import { CorrectionBook } from '../corrections/correction-book.ts';
import { keepUp } from './keep-up.ts';
import type { MaintenanceOptions } from './maintenance-window.ts';

const hour = 3_600_000;
const begin = Date.parse('2026-03-01T02:00:00Z');
const about = { name: 'patches', reason: '', objective: '', service: 'shop', labels: {} };
const daily: MaintenanceOptions = {
  ...about,
  begin: '2026-03-01T02:00',
  duration: hour,
  repeat: 'FREQ=DAILY',
  timeZone: 'UTC',
};

function setUp() {
  const kept = new Map<string, Correction>();
  const ledger: CorrectionLedger = {
    add(correction) {
      const isNew = !kept.has(correction.id);
      if (isNew) kept.set(correction.id, correction);
      return Promise.resolve({ isNew, correction: kept.get(correction.id) ?? correction });
    },
    reverse: () => Promise.resolve(undefined),
    inForce: () => Promise.resolve([]),
  };
  return { kept, book: () => new CorrectionBook(ledger, { maxCorrections: 9 }) };
}

test('each time of a window is taken out when it begins, whole, and once', async () => {
  const { kept, book } = setUp();
  const first = book();
  await keepUp([daily], first, begin - 1);
  expect(kept.size).toBe(0);
  await keepUp([daily], first, begin + 1);
  await keepUp([daily], first, begin + 2);
  expect([...kept.values()]).toEqual([
    {
      ...{ id: 'maintenance:patches:2026-03-01T02:00:00.000Z', fromMs: begin, toMs: begin + hour },
      ...{ scope: { service: 'shop' }, reason: 'patches', author: 'patches', source: 'maintenance', atMs: begin + 1 },
    },
  ]);
});

test('times while Sentinel was away are made up for, and after a restart nothing is written twice', async () => {
  const { kept, book } = setUp();
  await keepUp([daily], book(), begin + 30 * 24 * hour);
  expect(kept.size).toBe(7);
  await keepUp([daily], book(), begin + 30 * 24 * hour + 1);
  expect(kept.size).toBe(8);
});
