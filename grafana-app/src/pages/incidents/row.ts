import type { IncidentSummary } from '../../api/incidents';
import type { Held } from '../../components/list/held-rows';

/** An incident in the list. */
export type Row = Held<IncidentSummary>;

const severityRank = { critical: 2, major: 1, minor: 0 } as const;
const stateRank = { open: 4, acknowledged: 3, mitigated: 2, watching: 1, closed: 0 } as const;

type Key = (row: Row) => number;

const keys: Readonly<Record<string, Key>> = {
  // What still fires before what does not, then how bad, then how much of the system it touches.
  impact: ({ state, severity, services, anomalies }) =>
    (state === 'closed' || state === 'watching' ? 0 : 1e9) +
    severityRank[severity] * 1e8 +
    Math.min(services.length, 999) * 1e5 +
    Math.min(anomalies, 99_999),
  state: ({ state }) => stateRank[state],
  since: ({ startMs }) => startMs,
};

/** Sorted by a column, with a minus downwards; equal ones newest first, then by id, so that the order is total. */
export function sortRows(rows: readonly Row[], sort: string): Row[] {
  const key = keys[sort.replace(/^-/, '')] ?? (() => 0);
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => sign * (key(a) - key(b)) || b.startMs - a.startMs || (a.id < b.id ? -1 : 1));
}
