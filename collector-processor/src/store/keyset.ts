import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { StoreDatabase, StoreTables } from './schema.ts';

/** The last row of a page: its sort value, and its key, which settles ties. */
export interface Keyset {
  readonly value: number;
  readonly id: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly after?: Keyset | undefined;
}

export interface StoredPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly totalIsExact: boolean;
  /** Absent on the last page. */
  readonly next?: Keyset;
}

/** Counting stops here, so that no list costs more than this many rows. */
const COUNT_BOUND = 10_000;

export type SortDirection = 'asc' | 'desc';

/** Rows behind the keyset. The first comparison is implied by the second one; it is what an index can serve. */
export function isBehind(column: string, direction: SortDirection, { value, id }: Keyset): RawBuilder<boolean> {
  const name = sql.ref(column);
  return direction === 'desc'
    ? sql<boolean>`(${name} <= ${value} and (${name} < ${value} or id < ${id}))`
    : sql<boolean>`(${name} >= ${value} and (${name} > ${value} or id > ${id}))`;
}

/** Cuts the one row more than asked for, which tells whether there is a next page. */
export function cutPage<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => Keyset) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: keyOf(last) } : { items };
}

/** How many rows a query finds, counted up to the bound. */
export async function boundedTotal<Table extends keyof StoreTables>(
  db: StoreDatabase,
  matching: SelectQueryBuilder<StoreTables, Table, object>,
): Promise<{ readonly total: number; readonly totalIsExact: boolean }> {
  const counted = matching.select(sql`1`.as('one')).limit(COUNT_BOUND + 1);
  const row = await db
    .selectFrom(counted.as('counted'))
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  const count = Number(row.count);
  return { total: Math.min(count, COUNT_BOUND), totalIsExact: count <= COUNT_BOUND };
}
