import type { Anomaly } from '../../api/anomalies';

/** An anomaly in the list; `left` when it no longer fits what was asked for. */
export type Row = Anomaly & { readonly left?: boolean };

/**
 * The list as it stands under the reader's eyes: values change in place, rows neither appear nor move until they are asked
 * for.
 */
export interface HeldRows {
  readonly key: string;
  readonly rows: readonly Row[];
  /** How many newer ones wait to be shown. */
  readonly waiting: number;
}

export function adopt(key: string, latest: readonly Anomaly[]): HeldRows {
  return { key, rows: latest, waiting: 0 };
}

/** Another question is shown at once, and so is the first find of an empty list: nothing moves there. */
export function hold(before: HeldRows | undefined, key: string, latest: readonly Anomaly[]): HeldRows {
  if (before === undefined || before.key !== key || before.rows.length === 0) {
    return adopt(key, latest);
  }
  const byId = new Map(latest.map((anomaly) => [anomaly.id, anomaly]));
  const rows = before.rows.map((row): Row => byId.get(row.id) ?? (row.left ? row : { ...row, left: true }));
  const shown = new Set(rows.map(({ id }) => id));
  const waiting = latest.reduce((count, { id }) => count + (shown.has(id) ? 0 : 1), 0);
  return { key, rows, waiting };
}
