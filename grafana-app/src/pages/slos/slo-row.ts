import type { Slo, SloStatus } from '../../api/slos';
import { burnNow } from '../../components/slo/burn-now';
import type { Held } from '../../components/list/held-rows';

/** An objective in the list, with the budgets that its labels split it into. */
export interface SloGroups {
  readonly id: string;
  /** The one with the least budget stands for all. */
  readonly worst: Slo;
  /** Worst first; one where nothing splits it. */
  readonly groups: readonly Slo[];
}

export type Row = Held<SloGroups>;

/** In the order of the answer, which begins with the least budget. */
export function groupSlos(slos: readonly Slo[]): SloGroups[] {
  const byObjective = new Map<string, Slo[]>();
  for (const slo of slos) {
    byObjective.set(slo.objectiveId, [...(byObjective.get(slo.objectiveId) ?? []), slo]);
  }
  return [...byObjective.values()].flatMap((groups) => {
    const [worst] = groups;
    return worst === undefined ? [] : [{ id: worst.id, worst, groups }];
  });
}

interface Wanted {
  readonly q: string;
  readonly service: readonly string[];
  readonly status: SloStatus | 'all';
}

/** Rows of which some budget is what somebody looks for. */
export function filterRows(rows: readonly SloGroups[], { q, service, status }: Wanted): SloGroups[] {
  const words = q.trim().toLowerCase();
  return rows.filter(
    ({ worst, groups }) =>
      `${worst.displayName} ${worst.name} ${worst.service}`.toLowerCase().includes(words) &&
      (service.length === 0 || service.includes(worst.service)) &&
      (status === 'all' || groups.some((slo) => slo.status === status)),
  );
}

type Key = (slo: Slo) => number | string;

const keys: Readonly<Record<string, Key>> = {
  // What nobody can tell is the worst of all.
  left: ({ left }) => left ?? -Infinity,
  burn: (slo) => burnNow(slo) ?? -Infinity,
  ends: ({ exhaustion }) => exhaustion?.atMs ?? Infinity,
  name: ({ displayName }) => displayName.toLowerCase(),
};

/** Sorted by a column, with a minus downwards; equal ones by name and id, so that the order is total. */
export function sortRows(rows: readonly Row[], sort: string): Row[] {
  const key = keys[sort.replace(/^-/, '')] ?? (() => 0);
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort(
    ({ worst: a }, { worst: b }) =>
      sign * order(key(a), key(b)) || order(a.displayName, b.displayName) || order(a.id, b.id),
  );
}

function order(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
