import type { SloReport } from '../../contract/slo-report.ts';
import type { Slo } from '../../contract/slo.ts';
import { NOON } from '../../store/testing/builders.ts';
import type { SloDesk } from '../slo-desk.ts';

/** One that burns fast. */
export function aSlo(over: Partial<Slo> = {}): Slo {
  return {
    ...{ id: 'shop-checkout', objectiveId: 'shop-checkout', group: {}, countedBy: 'requests', name: 'checkout' },
    ...{ displayName: 'Checkout availability', description: '', service: 'shop' },
    ...{ labels: {}, objective: 0.999, window: '28d', rolling: true, source: 'slos.yaml:3', status: 'burning_fast' },
    ...{ fromMs: NOON - 28 * 86_400_000, toMs: NOON, counts: { total: 1_210_000, bad: 1_065 } },
    ...{ takenOut: { total: 0, bad: 0 }, unknownMinutes: 0, corrections: 0, allowed: 1_210 },
    ...{ left: 0.12, leftUncorrected: 0.12, tiers: [], minEvents: 50, minFailures: 3 },
    ...over,
  };
}

export function aReport(over: Partial<SloReport['slos'][number]> = {}): SloReport {
  const counts = { total: 1000, bad: 4 };
  const slo = {
    ...{ id: 'shop-checkout', displayName: 'Checkout availability', service: 'shop', group: {}, objective: 0.99 },
    ...{ counts, takenOut: { total: 0, bad: 0 }, good: 0.996, met: true, left: 0.6, leftUncorrected: 0.6 },
    ...{ unknownMinutes: 0, crossings: [], corrections: [], burners: [] },
    ...over,
  };
  return { month: '2026-03', timeZone: 'UTC', fromMs: 0, toMs: 1, complete: true, slos: [slo] };
}

/** A desk with some SLOs, of which the first has a history. */
export function fakeSloDesk(slos: readonly Slo[], over: Partial<SloDesk> = {}): SloDesk {
  const known = (id: string) => slos.some((one) => one.id === id);
  return {
    list: () => slos,
    history: (id, { fromMs = NOON - 3_600_000, toMs = NOON }, step = 'hour') =>
      Promise.resolve(
        known(id)
          ? {
              ...{ id, fromMs, toMs, stepMs: step === 'hour' ? 3_600_000 : 86_400_000, timeMs: [toMs] },
              ...{ left: [0.12], leftUncorrected: [null], total: [100], bad: [1] },
              ...{ rates: [], corrections: [], gaps: [], crossings: [] },
            }
          : undefined,
      ),
    burned: (id, { fromMs = 0, toMs = NOON }) =>
      Promise.resolve(
        known(id) ? { id, fromMs, toMs, bad: 5, share: 0.1, items: [], rest: { bad: 5, share: 0.1 } } : undefined,
      ),
    report: (month = '2026-02') => Promise.resolve({ ...aReport(), month }),
    concerns: ({ service = 'shop' }) => slos.some((one) => one.service === service),
    correct: (correction) => Promise.resolve({ kind: 'done', isNew: true, correction }),
    reverse: () => Promise.resolve({ kind: 'unknown' }),
    maintenance: () => ({ items: [] }),
    ...over,
  };
}
