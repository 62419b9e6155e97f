import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { messageOf, SentinelError } from '../runtime/errors.ts';
import { createStore, type Store, type StoreDependencies } from './create-store.ts';
import type { StoreTables } from './schema.ts';
import { createSqliteDialect } from './sqlite/sqlite-dialect.ts';
import { openSqliteThread, type SqliteThread } from './sqlite/sqlite-thread.ts';

/** Files that belong to one SQLite database. */
const parts = ['', '-wal', '-shm'];

/**
 * Opens the SQLite store, a fresh one when there is none. A damaged file is set aside under another name and a fresh store
 * begun: losing findings of the past must not keep telemetry from flowing today.
 */
export async function openStore(dependencies: StoreDependencies): Promise<Store> {
  const { path, maxWaiting } = dependencies.options;
  prepareFile(path);
  const thread = await openThread(dependencies);
  const db = new Kysely<StoreTables>({ dialect: createSqliteDialect(thread, maxWaiting) });
  observeSize(dependencies);
  const backup = async (version: string): Promise<void> => {
    if (path === ':memory:') return;
    const copy = `${path}.backup-${version}`;
    rmSync(copy, { force: true });
    await sql`vacuum into ${copy}`.execute(db);
    dependencies.logger.info({ copy, version }, 'The store was copied before it is migrated.');
  };
  try {
    return await createStore({ ...dependencies, db, backup });
  } catch (error) {
    await db.destroy();
    await thread.close();
    throw error;
  }
}

/** Creates the file readable by its owner only; SQLite would leave that to the umask. */
function prepareFile(path: string): void {
  if (path === ':memory:') return;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw unusable(path, messageOf(error));
  }
}

async function openThread({
  options,
  clock,
  logger,
  metrics,
  mayReplace = true,
}: StoreDependencies): Promise<SqliteThread> {
  const { path, busyTimeout: busyTimeoutMs } = options;
  const help = 'Damaged store files that were set aside.';
  const setAside = metrics.counter({ name: 'sentinel_store_set_aside_total', help });
  let opened = await openSqliteThread({ path, busyTimeoutMs });
  if (opened.kind === 'damaged' && mayReplace) {
    const aside = `${path}.damaged-${new Date(clock.nowMs()).toISOString().replaceAll(':', '')}`;
    moveAside(path, aside);
    setAside.add(1);
    logger.error(
      { path, aside, reason: opened.reason },
      'The store is damaged. It was set aside, and a fresh one is begun: earlier findings and all tokens are in the old file only.',
    );
    prepareFile(path);
    opened = await openSqliteThread({ path, busyTimeoutMs });
  }
  if (opened.kind !== 'opened') throw unusable(path, opened.reason);
  return opened.thread;
}

function moveAside(path: string, aside: string): void {
  for (const part of parts) {
    if (statSync(path + part, { throwIfNoEntry: false }) !== undefined) renameSync(path + part, aside + part);
  }
}

function unusable(path: string, reason: string): SentinelError {
  const message = `The store ${path} cannot be opened: ${reason}. Check that the folder exists and may be written to, or set another store.path.`;
  return new SentinelError('SENTINEL_STORE_FAILED', message);
}

function observeSize({ options: { path }, metrics }: StoreDependencies): void {
  metrics.gauge({ name: 'sentinel_store_bytes', help: 'Size of the store with its write-ahead log.' }, () => {
    const sizes = parts.map((part) => statSync(path + part, { throwIfNoEntry: false })?.size ?? 0);
    return sizes.reduce((sum, size) => sum + size, 0);
  });
}
