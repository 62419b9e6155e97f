import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the causes of an incident were ranked from, so that they can be ranked again anywhere. */
export const incidentCases: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('incident_cases')
      .addColumn('incident_id', 'text', (column) => column.primaryKey())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};
