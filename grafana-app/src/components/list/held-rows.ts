/** Something with an identity in a list; `left` when it no longer fits what was asked for. */
export type Held<Item> = Item & { readonly left?: boolean };

export interface Identified {
  readonly id: string;
  readonly left?: boolean;
}

/**
 * The list as it stands under the reader's eyes: values change in place, rows neither appear nor move until they are asked
 * for.
 */
export interface HeldRows<Item extends Identified> {
  readonly key: string;
  readonly rows: ReadonlyArray<Held<Item>>;
  /** How many newer ones wait to be shown. */
  readonly waiting: number;
}

export function adopt<Item extends Identified>(key: string, latest: readonly Item[]): HeldRows<Item> {
  return { key, rows: latest, waiting: 0 };
}

/** Another question is shown at once, and so is the first find of an empty list: nothing moves there. */
export function hold<Item extends Identified>(
  before: HeldRows<Item> | undefined,
  key: string,
  latest: readonly Item[],
): HeldRows<Item> {
  if (before === undefined || before.key !== key || before.rows.length === 0) {
    return adopt(key, latest);
  }
  const byId = new Map(latest.map((item) => [item.id, item]));
  const rows = before.rows.map((row): Held<Item> => byId.get(row.id) ?? (row.left ? row : { ...row, left: true }));
  const shown = new Set(rows.map(({ id }) => id));
  const waiting = latest.reduce((count, { id }) => count + (shown.has(id) ? 0 : 1), 0);
  return { key, rows, waiting };
}
