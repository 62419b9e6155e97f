import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const firstRelease: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('meta')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
    await createAnomalies(db);
    await createChanges(db);
    await createAnnotations(db);
    await createTokens(db);
  },
};

async function createAnomalies(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('anomalies')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('signal', 'text', (column) => column.notNull())
    .addColumn('series_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('border', 'text', (column) => column.notNull())
    .addColumn('start_ms', 'bigint', (column) => column.notNull())
    .addColumn('end_ms', 'bigint', (column) => column.notNull())
    .addColumn('peak_score', 'double precision', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  const indexes: readonly (readonly [string, ...string[]])[] = [
    ['start_ms', 'id'],
    ['peak_score', 'id'],
    ['end_ms'],
    ['state', 'border'],
    ['service', 'start_ms', 'id'],
    ['series_id', 'start_ms', 'id'],
  ];
  for (const columns of indexes) {
    await db.schema
      .createIndex(`anomalies_by_${columns.join('_')}`)
      .on('anomalies')
      .columns([...columns])
      .execute();
  }
}

async function createChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('changes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('time_ms', 'bigint', (column) => column.notNull())
    .addColumn('from_value', 'text', (column) => column.notNull())
    .addColumn('to_value', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('changes_by_time_ms_id').on('changes').columns(['time_ms', 'id']).execute();
}

async function createAnnotations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('annotations')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('grafana_id', 'bigint')
    .addColumn('start_ms', 'bigint', (column) => column.notNull())
    .addColumn('end_ms', 'bigint')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('dirty', 'integer', (column) => column.notNull())
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('annotations_by_dirty').on('annotations').columns(['dirty', 'updated_at_ms']).execute();
  await db.schema.createIndex('annotations_by_state').on('annotations').columns(['state', 'updated_at_ms']).execute();
}

async function createTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at_ms', 'bigint')
    .addColumn('expires_at_ms', 'bigint')
    .addColumn('revoked_at_ms', 'bigint')
    .execute();
}
