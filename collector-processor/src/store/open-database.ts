import type { StoreDependencies } from './create-store.ts';
import type { OpenedDatabase } from './opened-database.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

/** PostgreSQL where `store.url` says so, else the SQLite file. Throws SENTINEL_STORE_FAILED. */
export function openDatabase(dependencies: StoreDependencies): Promise<OpenedDatabase> {
  return dependencies.options.url === '' ? openSqlite(dependencies) : openPostgres(dependencies);
}
