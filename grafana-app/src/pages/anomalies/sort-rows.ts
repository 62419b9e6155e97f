import type { Row } from './row';

type Key = (row: Row) => number | string;

const keys: Readonly<Record<string, Key>> = {
  // Open before closed, then what pages before what notices, then the score: the nearest to impact that anomalies have.
  severity: ({ state, border, peakScore }) =>
    (state === 'open' ? 2e9 : 0) + (border === 'page' ? 1e9 : 0) + Math.min(peakScore, 1e8),
  state: ({ state }) => (state === 'open' ? 1 : 0),
  service: ({ series }) => series.service,
  score: ({ peakScore }) => peakScore,
  since: ({ startMs }) => startMs,
  duration: ({ startMs, endMs }) => endMs - startMs,
};

/** Sorted by a column, with a minus downwards; equal ones by time, newest first, then by id, so that the order is total. */
export function sortRows(rows: readonly Row[], sort: string): Row[] {
  const key = keys[sort.replace(/^-/, '')] ?? keys.severity;
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort(
    (a, b) => sign * compare(key?.(a), key?.(b)) || b.startMs - a.startMs || (a.id < b.id ? -1 : 1),
  );
}

function compare(a: number | string | undefined, b: number | string | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return a.localeCompare(b);
  }
  return Number(a) - Number(b);
}
