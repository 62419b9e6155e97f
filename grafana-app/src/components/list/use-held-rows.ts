import { useCallback, useMemo, useState } from 'react';
import { adopt, type Held, hold, type HeldRows, type Identified } from './held-rows';

interface Question<Item extends Identified> {
  readonly key: string;
  readonly latest: readonly Item[];
  /** Decided anew when it is another function. */
  readonly inOrder: (rows: ReadonlyArray<Held<Item>>) => ReadonlyArray<Held<Item>>;
}

/** Rows in an order that is decided when they are adopted, not while somebody reads. */
export function useHeldRows<Item extends Identified>({ key, latest, inOrder }: Question<Item>) {
  const [seen, setSeen] = useState<{ latest: readonly Item[]; held: HeldRows<Item> }>();
  const current = seen?.latest === latest && seen.held.key === key ? seen : undefined;
  if (current === undefined) {
    setSeen({ latest, held: hold(seen?.held, key, latest) });
  }
  const held = current?.held ?? hold(seen?.held, key, latest);
  const ids = held.rows.map(({ id }) => id).join();
  // Sorted anew only when rows come or go or another order is chosen: a value that changes moves nothing.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const order = useMemo(() => inOrder(held.rows).map(({ id }) => id), [ids, inOrder]);
  const rows = useMemo(() => {
    const byId = new Map(held.rows.map((row) => [row.id, row]));
    return order.flatMap((id): Array<Held<Item>> => {
      const row = byId.get(id);
      return row === undefined ? [] : [row];
    });
  }, [held, order]);
  const showWaiting = useCallback(() => setSeen({ latest, held: adopt(key, latest) }), [key, latest]);
  return { rows, waiting: held.waiting, showWaiting };
}
