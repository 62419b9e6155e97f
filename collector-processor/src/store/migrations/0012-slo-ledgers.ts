import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is taken out of error budgets, and when these began and ceased to burn. */
export const sloLedgers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('slo_corrections')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('reverses', 'text')
      .addColumn('from_ms', 'bigint', (column) => column.notNull())
      .addColumn('to_ms', 'bigint', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('slo_corrections_by_from').on('slo_corrections').columns(['from_ms', 'id']).execute();
    await db.schema.createIndex('slo_corrections_by_to').on('slo_corrections').column('to_ms').execute();
    await db.schema
      .createTable('slo_crossings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('slo', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('slo_crossings_by_slo').on('slo_crossings').columns(['slo', 'at_ms']).execute();
    await db.schema.createIndex('slo_crossings_by_time').on('slo_crossings').column('at_ms').execute();
  },
};
