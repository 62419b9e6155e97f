import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people said of findings, and every version of the rules that came of it. */
export const feedback: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('feedback')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('series_id', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('feedback_by_created_at_ms_id')
      .on('feedback')
      .columns(['created_at_ms', 'id'])
      .execute();
    await db.schema
      .createTable('tunings')
      .addColumn('version', 'bigint', (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};
