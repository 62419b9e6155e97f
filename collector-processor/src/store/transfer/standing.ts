import { SentinelError } from '../../runtime/errors.ts';
import { executedMigrations } from '../migrations/migrate.ts';
import { migrations } from '../migrations/migrations.ts';
import type { OpenedDatabase } from '../opened-database.ts';
import { tableNames } from './table-specs.ts';

const released = Object.keys(migrations);

/** The migrations of a store that is to be read; it must stand where this release stands. */
export async function currentMigrations(opened: OpenedDatabase): Promise<readonly string[]> {
  const executed = await executedMigrations(opened);
  refuseNewer(executed);
  if (executed.length === released.length) return executed;
  const standing = executed.at(-1) ?? 'nothing at all';
  const message = `The store is not of this release: it stands at ${standing}. Start this release on it once, then try again.`;
  throw new SentinelError('SENTINEL_STORE_FAILED', message);
}

/** Throws SENTINEL_STORE_TOO_NEW when a name is not known here. */
export function refuseNewer(names: readonly string[]): void {
  const newer = names.filter((name) => !released.includes(name));
  if (newer.length === 0) return;
  const message = `It was written by a newer release (it has ${newer.join(', ')}). Use that release, or a later one.`;
  throw new SentinelError('SENTINEL_STORE_TOO_NEW', message);
}

/** Whether a store holds nothing that would be missed. Its own name is made with it. */
export async function isEmpty(opened: OpenedDatabase): Promise<boolean> {
  const executed = await executedMigrations(opened);
  if (executed.length === 0) return true;
  if (executed.some((name) => !released.includes(name))) return false;
  for (const table of tableNames.filter((name) => name !== 'meta')) {
    const row = await opened.db
      .selectFrom(table as 'meta')
      .selectAll()
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) return false;
  }
  return true;
}
