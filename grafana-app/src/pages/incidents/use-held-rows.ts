import { useCallback, useMemo, useState } from 'react';
import type { Anomaly } from '../../api/anomalies';
import { adopt, hold, type HeldRows, type Row } from './held-rows';
import { sortRows } from './sort-rows';

interface Question {
  readonly key: string;
  readonly latest: readonly Anomaly[];
  readonly sort: string;
}

/** Rows in an order that is decided when they are adopted, not while somebody reads. */
export function useHeldRows({ key, latest, sort }: Question) {
  const [seen, setSeen] = useState<{ latest: readonly Anomaly[]; held: HeldRows }>();
  const current = seen?.latest === latest && seen.held.key === key ? seen : undefined;
  if (current === undefined) {
    setSeen({ latest, held: hold(seen?.held, key, latest) });
  }
  const held = current?.held ?? hold(seen?.held, key, latest);
  const ids = held.rows.map(({ id }) => id).join();
  // Sorted anew only when rows come or go or another column is chosen: a value that changes moves nothing.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const order = useMemo(() => sortRows(held.rows, sort).map(({ id }) => id), [ids, sort]);
  const rows = useMemo(() => {
    const byId = new Map(held.rows.map((row) => [row.id, row]));
    return order.flatMap((id): Row[] => {
      const row = byId.get(id);
      return row === undefined ? [] : [row];
    });
  }, [held, order]);
  const showWaiting = useCallback(() => setSeen({ latest, held: adopt(key, latest) }), [key, latest]);
  return { rows, waiting: held.waiting, showWaiting };
}
