import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const incidents: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('incidents')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('tenant', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('severity', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('demoted', 'integer', (column) => column.notNull())
      .addColumn('start_ms', 'bigint', (column) => column.notNull())
      .addColumn('end_ms', 'bigint', (column) => column.notNull())
      .addColumn('services', 'text', (column) => column.notNull())
      .addColumn('search', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('incidents_by_start_ms_id').on('incidents').columns(['start_ms', 'id']).execute();
    await db.schema.createIndex('incidents_by_state').on('incidents').columns(['state', 'end_ms']).execute();
    await db.schema
      .createTable('incident_events')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('incident_id', 'text', (column) => column.notNull())
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('fact', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('incident_events_by_incident_id_sequence')
      .on('incident_events')
      .columns(['incident_id', 'sequence'])
      .execute();
  },
};
