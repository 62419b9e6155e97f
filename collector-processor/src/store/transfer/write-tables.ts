import { SentinelError } from '../../runtime/errors.ts';
import type { StoreDatabase } from '../schema.ts';
import type { Rows } from './read-tables.ts';
import type { Row } from './table-specs.ts';

export type RowCounts = Readonly<Record<string, number>>;

/** A statement has a limited number of parameters. */
const ROWS_PER_STATEMENT = 100;

/** Writes what `give` gives into empty tables and counts it. Run it in a transaction. */
export async function writeTables(
  db: StoreDatabase,
  give: (take: (rows: Rows) => Promise<void>) => Promise<void>,
): Promise<RowCounts> {
  const counts: Record<string, number> = {};
  await give(async ({ table, rows }) => {
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const values = rows.slice(start, start + ROWS_PER_STATEMENT);
      const into = db.$extendTables<{ any: Row }>().insertInto(table as 'any');
      await into.values(values).execute();
    }
    counts[table] = (counts[table] ?? 0) + rows.length;
  });
  return counts;
}

/** Compares what was written with what the tables hold. Throws SENTINEL_STORE_FAILED. */
export async function verifyCounts(db: StoreDatabase, counts: RowCounts): Promise<void> {
  for (const [table, expected] of Object.entries(counts)) {
    const { count } = await db
      .selectFrom(table as 'meta')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) === expected) continue;
    const message = `The table ${table} holds ${Number(count)} rows in place of ${expected}; nothing was changed.`;
    throw new SentinelError('SENTINEL_STORE_FAILED', message);
  }
}
