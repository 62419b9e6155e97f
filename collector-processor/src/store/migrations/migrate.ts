import { type Migration, Migrator } from 'kysely/migration';
import { messageOf, SentinelError } from '../../runtime/errors.ts';
import type { StoreDatabase } from '../schema.ts';

interface MigrateOptions {
  readonly db: StoreDatabase;
  readonly migrations: Readonly<Record<string, Migration>>;
  /** Called before a store that holds data is changed; `version` is the migration it stands at. */
  readonly backup: (version: string) => Promise<void>;
}

/**
 * Brings a store of this or an earlier release to this release. All pending migrations run in one transaction. A store
 * that knows a migration which this release does not know was written by a newer one: it is refused and left as it is.
 */
export async function migrate({ db, migrations, backup }: MigrateOptions): Promise<void> {
  const executed = await executedMigrations(db);
  const newer = executed.filter((name) => !Object.hasOwn(migrations, name));
  if (newer.length > 0) {
    const message = `The store was written by a newer release (it has ${newer.join(', ')}). Start that release, or set another store.path.`;
    throw new SentinelError('SENTINEL_STORE_TOO_NEW', message);
  }
  if (executed.length === Object.keys(migrations).length) return;
  const standing = executed.at(-1);
  if (standing !== undefined) await backup(standing);
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw new SentinelError('SENTINEL_STORE_FAILED', `The store could not be migrated: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function executedMigrations(db: StoreDatabase): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await db
    .$extendTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}
