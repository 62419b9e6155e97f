import type { StoreDatabase } from '../schema.ts';
import { type Row, type TableName, tableNames, tableSpecs } from './table-specs.ts';

export interface Rows {
  readonly table: string;
  readonly rows: readonly Row[];
}

const ROWS_AT_A_TIME = 500;

/**
 * Calls `take` with every row of every table as they were at one moment, in pieces. Writers go on meanwhile: SQLite's log
 * and PostgreSQL's snapshots keep what this reads.
 */
export async function readTables(db: StoreDatabase, take: (rows: Rows) => Promise<void>): Promise<void> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  await snapshot.execute(async (transaction) => {
    for (const table of tableNames) await readTable(transaction, table, take);
  });
}

async function readTable(db: StoreDatabase, table: TableName, take: (rows: Rows) => Promise<void>): Promise<void> {
  const { key, columns } = tableSpecs[table];
  // All tables are read alike; for the types one stands for all.
  const named = { table: table as 'anomalies', key: key as 'id' };
  let after: string | undefined;
  do {
    const behind = after;
    const found = await db
      .selectFrom(named.table)
      .selectAll()
      .$if(behind !== undefined, (query) => query.where(named.key, '>', behind ?? ''))
      .orderBy(named.key)
      .limit(ROWS_AT_A_TIME)
      .execute();
    const rows = found.map((row) => plain(row, columns));
    if (rows.length > 0) await take({ table, rows });
    after = rows.length < ROWS_AT_A_TIME ? undefined : String(rows.at(-1)?.[key]);
  } while (after !== undefined);
}

function plain(row: object, columns: Readonly<Record<string, 'text' | 'number'>>): Row {
  const values = Object.entries(row).map(([name, value]: [string, unknown]) => {
    if (value === null) return [name, null];
    return [name, columns[name] === 'number' ? Number(value) : value];
  });
  return Object.fromEntries(values) as Row;
}
