import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Events of error budgets, hour by hour. */
export const sloCounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('slo_counts')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('budget', 'text', (column) => column.notNull())
      .addColumn('hour_ms', 'bigint', (column) => column.notNull())
      .addColumn('minutes', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('slo_counts_by_hour').on('slo_counts').column('hour_ms').execute();
  },
};
