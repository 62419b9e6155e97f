import { rmSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import { messageOf, SentinelError } from '../../runtime/errors.ts';
import type { StoreDependencies } from '../create-store.ts';
import type { OpenedDatabase } from '../opened-database.ts';
import type { StoreTables } from '../schema.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import { openSqliteThread, type SqliteThread } from './sqlite-thread.ts';
import { keepNewestAside, prepareFile, setAside, sizeOf } from './store-files.ts';

/**
 * Opens the SQLite file, a fresh one when there is none. A damaged file is set aside under another name and a fresh store
 * begun: losing findings of the past must not keep telemetry from flowing today.
 */
export async function openSqlite(dependencies: StoreDependencies): Promise<OpenedDatabase> {
  const { path, maxWaiting } = dependencies.options;
  prepare(path);
  const thread = await openThread(dependencies);
  const db = new Kysely<StoreTables>({ dialect: createSqliteDialect(thread, maxWaiting) });
  observeSize(dependencies);
  return {
    db,
    async backup(version) {
      if (path === ':memory:') return;
      const copy = `${path}.backup-${version}`;
      rmSync(copy, { force: true });
      // SQLite writes into an empty file, and would leave the rights of a new one to the umask.
      prepareFile(copy);
      await sql`vacuum into ${copy}`.execute(db);
      dependencies.logger.info({ copy, version }, 'The store was copied before it is migrated.');
    },
    async close() {
      await db.destroy();
      await thread.close();
    },
  };
}

function prepare(path: string): void {
  if (path === ':memory:') return;
  try {
    prepareFile(path);
  } catch (error) {
    throw unusable(path, messageOf(error));
  }
}

async function openThread(dependencies: StoreDependencies): Promise<SqliteThread> {
  const { path, busyTimeout: busyTimeoutMs } = dependencies.options;
  const replace = createReplacement(dependencies);
  let opened = await openSqliteThread({ path, busyTimeoutMs });
  if (opened.kind === 'damaged' && dependencies.mayReplace !== false) {
    replace(opened.reason);
    opened = await openSqliteThread({ path, busyTimeoutMs });
  }
  if (opened.kind !== 'opened') throw unusable(path, opened.reason);
  return opened.thread;
}

/** Puts a fresh file in the place of a damaged one, of which the newest few are kept. */
function createReplacement({ options: { path, maxSetAside }, clock, logger, metrics }: StoreDependencies) {
  const counter = (name: string, help: string) => metrics.counter({ name, help });
  const kept = counter('sentinel_store_set_aside_total', 'Damaged store files that were set aside.');
  const deleted = counter('sentinel_store_set_aside_deleted_total', 'Old damaged store files that were deleted.');
  return (reason: string): void => {
    const aside = setAside(path, clock.nowMs());
    kept.add(1);
    logger.error(
      { path, aside, reason },
      'The store is damaged. It was set aside, and a fresh one is begun: earlier findings and all tokens are in the old file only.',
    );
    const gone = keepNewestAside(path, maxSetAside);
    deleted.add(gone.length);
    if (gone.length > 0) logger.warn({ gone }, 'Older damaged stores were deleted.');
    prepare(path);
  };
}

function unusable(path: string, reason: string): SentinelError {
  const message = `The store ${path} cannot be opened: ${reason}. Check that the folder exists and may be written to, or set another store.path.`;
  return new SentinelError('SENTINEL_STORE_FAILED', message);
}

function observeSize({ options: { path }, metrics }: StoreDependencies): void {
  const help = 'Size of the store with its write-ahead log.';
  metrics.gauge({ name: 'sentinel_store_bytes', help }, () => sizeOf(path));
}
