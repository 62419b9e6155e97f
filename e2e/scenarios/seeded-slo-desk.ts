/** Budgets that were made up, with a ledger that can be written to: what is taken out is a failure in twenty of each hour. */
import type { SloDesk } from '../../collector-processor/src/api/slo-desk.ts';
import type { SloBurned } from '../../collector-processor/src/contract/slo-burned.ts';
import type { SloHistory } from '../../collector-processor/src/contract/slo-history.ts';
import type { Slo } from '../../collector-processor/src/contract/slo.ts';
import type { Correction } from '../../collector-processor/src/model/slo-correction.ts';
import type { Findings } from './findings.ts';
import { seededSlos } from './seeded-slos.ts';

const HOUR = 3_600_000;
const BAD_AN_HOUR = 20;

type Range = Parameters<SloDesk['history']>[1];

export function seededSloDesk(findings: Findings): SloDesk {
  const ledger = new Map<string, Correction>();

  function inForce({ id, objectiveId, service }: Slo): Correction[] {
    return [...ledger.values()].filter(
      ({ scope, reversal }) =>
        reversal === undefined &&
        [id, objectiveId, undefined].includes(scope.objective) &&
        [service, undefined].includes(scope.service),
    );
  }

  function list(): readonly Slo[] {
    return seededSlos(findings, Date.now()).map((slo) => {
      const corrections = inForce(slo);
      const share = corrections.reduce((sum, one) => sum + shareOf(one, slo), 0);
      const { left } = slo;
      return { ...slo, corrections: corrections.length, left: left === null ? null : Math.min(1, left + share) };
    });
  }

  const find = (id: string) => list().find((slo) => slo.id === id);

  return {
    list,
    history(id, range) {
      const slo = find(id);
      return Promise.resolve(slo && historyOf(slo, range, inForce(slo)));
    },
    burned(id, range) {
      const slo = find(id);
      return Promise.resolve(slo && burnedOf(slo, range, findings));
    },
    report: () => Promise.reject(new Error('There is no report here.')),
    concerns: () => true,
    correct(correction) {
      const known = ledger.get(correction.id);
      ledger.set(correction.id, known ?? correction);
      return Promise.resolve({ kind: 'done', isNew: known === undefined, correction: known ?? correction });
    },
    reverse(id, reversal) {
      const known = ledger.get(id);
      if (known === undefined) return Promise.resolve({ kind: 'unknown' });
      const correction = { ...known, reversal: known.reversal ?? reversal };
      ledger.set(id, correction);
      return Promise.resolve({ kind: 'done', isNew: known.reversal === undefined, correction });
    },
    maintenance: () => ({ items: [] }),
  };
}

function takenOut({ fromMs, toMs }: Correction) {
  const hours = (toMs - fromMs) / HOUR;
  return { total: Math.round(1800 * hours), bad: Math.round(BAD_AN_HOUR * hours) };
}

function shareOf(correction: Correction, { allowed }: Slo): number {
  return allowed === 0 ? 0 : takenOut(correction).bad / allowed;
}

/** Steady until half a day ago, then as fast as it takes to come to what is left now. */
function historyOf(slo: Slo, range: Range, corrections: readonly Correction[]): SloHistory {
  const { fromMs = slo.fromMs, toMs = slo.toMs } = range;
  const stepMs = HOUR;
  const timeMs = Array.from(
    { length: Math.floor((toMs - fromMs) / stepMs) },
    (_unused, at) => fromMs + (at + 1) * stepMs,
  );
  const hoursLeft = timeMs.map((time) => (slo.toMs - time) / HOUR);
  const now = slo.left;
  const known = (value: (hours: number) => number) => hoursLeft.map((hours) => (now === null ? null : value(hours)));
  const course = (hours: number, end: number) => end + (hours < 12 ? hours * 0.03 : 0.36 + (hours - 12) * 0.0004);
  const tier = slo.tiers[0];
  const rate = (end: number) =>
    known((hours) => (hours < 12 ? Math.max(0.3, end * (1 - hours / 16)) : 0.3 + 0.2 * Math.sin(hours)));
  return {
    ...{ id: slo.id, fromMs, toMs, stepMs, timeMs },
    left: known((hours) => course(hours, now ?? 0)),
    leftUncorrected: known((hours) => course(hours, slo.leftUncorrected ?? 0)),
    total: known(() => 1800),
    bad: known(() => BAD_AN_HOUR),
    rates: [tier?.shortWindow, tier?.longWindow].flatMap((window, at) =>
      window === undefined || tier === undefined
        ? []
        : [
            {
              window,
              tiers: ['fast' as const],
              limit: tier.limit,
              rate: rate((at === 0 ? tier.shortRate : tier.longRate) ?? 0),
            },
          ],
    ),
    corrections: corrections.map((correction) => ({
      correction,
      takenOut: takenOut(correction),
      share: shareOf(correction, slo),
    })),
    gaps: now === null ? [] : [{ fromMs: toMs - 90 * HOUR, toMs: toMs - 84 * HOUR }],
    crossings: [],
  };
}

function burnedOf(
  slo: Slo,
  { fromMs = slo.fromMs, toMs = slo.toMs }: Range,
  { anomalies, changes }: Findings,
): SloBurned {
  const spent = slo.counts.bad;
  const part = (share: number) => ({
    bad: Math.round(spent * share),
    share: slo.left === null ? null : (1 - slo.left) * share,
  });
  const [first] = anomalies;
  const [change] = changes;
  return {
    ...{ id: slo.id, fromMs, toMs, ...part(1) },
    items: [
      ...(first === undefined
        ? []
        : [
            {
              ...({ kind: 'incident', id: '1', title: `Errors in ${slo.service}`, service: slo.service } as const),
              ...({ severity: 'major', fromMs: first.startMs, toMs, ...part(0.7) } as const),
            },
          ]),
      ...(change === undefined
        ? []
        : [
            {
              ...({ kind: 'change', id: change.id, title: `Deploy ${change.to}`, service: change.service } as const),
              ...{ fromMs: toMs - 40 * HOUR, toMs: toMs - 39 * HOUR, ...part(0.1) },
            },
          ]),
    ],
    rest: part(0.2),
  };
}
