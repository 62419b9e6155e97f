import { type Migration, Migrator } from 'kysely/migration';
import { messageOf, SentinelError } from '../../runtime/errors.ts';
import type { OpenedDatabase } from '../opened-database.ts';

interface MigrateOptions extends Pick<OpenedDatabase, 'db' | 'schema' | 'backup'> {
  readonly migrations: Readonly<Record<string, Migration>>;
}

/**
 * Brings a store of this or an earlier release to this release. All pending migrations run in one transaction. A store
 * that knows a migration which this release does not know was written by a newer one: it is refused and left as it is.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { db, schema, migrations, backup } = options;
  const executed = await executedMigrations(options);
  const newer = executed.filter((name) => !Object.hasOwn(migrations, name));
  if (newer.length > 0) {
    const message = `The store was written by a newer release (it has ${newer.join(', ')}). Start that release, or set another store.`;
    throw new SentinelError('SENTINEL_STORE_TOO_NEW', message);
  }
  if (executed.length === Object.keys(migrations).length) return;
  const standing = executed.at(-1);
  if (standing !== undefined) await backup(standing);
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  const migrator = new Migrator({ db, provider, ...(schema === undefined ? {} : { migrationTableSchema: schema }) });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw new SentinelError('SENTINEL_STORE_FAILED', `The store could not be migrated: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Names of the migrations that a store has seen, in order; none when it is fresh. */
export async function executedMigrations({ db, schema }: Pick<OpenedDatabase, 'db' | 'schema'>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration' && table.schema === schema)) return [];
  const rows = await db
    .$extendTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}
