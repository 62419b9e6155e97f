import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import type { Clock } from '../../runtime/clock.ts';
import { messageOf, SentinelError } from '../../runtime/errors.ts';
import type { StoreDependencies } from '../create-store.ts';
import type { OpenedDatabase } from '../opened-database.ts';
import { openPostgres } from '../postgres/open-postgres.ts';
import { openSqlite } from '../sqlite/open-sqlite.ts';
import { refuseHeld } from './refuse-held.ts';

/** A new store beside the one of the settings. It is nobody's until it takes its place; until then nothing has changed. */
export interface Beside {
  readonly opened: OpenedDatabase;
  /** Closes it and puts it in the place of the old one, in one step; answers where that is kept now, if there was one. */
  takePlace(): Promise<string | undefined>;
  discard(): Promise<void>;
}

export function openBeside(dependencies: StoreDependencies): Promise<Beside> {
  return dependencies.options.url === '' ? besideFile(dependencies) : besideSchema(dependencies);
}

/** Throws SENTINEL_STORE_FAILED when a process works with the store. What is in it may change a moment later. */
export async function refuseInUse(dependencies: StoreDependencies): Promise<void> {
  const { url, path, postgres } = dependencies.options;
  if (url === '') {
    refuseFileInUse(path);
    return;
  }
  const opened = await openPostgres(dependencies);
  try {
    await refuseHeld(opened.db, postgres.schema);
  } finally {
    await opened.close();
  }
}

async function besideFile(dependencies: StoreDependencies): Promise<Beside> {
  const { options, clock } = dependencies;
  const { path } = options;
  const beside = `${path}.new`;
  refuseFileInUse(path);
  remove(beside);
  const opened = await openSqlite({ ...dependencies, options: { ...options, path: beside }, mayReplace: false });
  return {
    opened,
    async takePlace() {
      await opened.close();
      refuseFileInUse(path);
      if (!existsSync(path)) {
        renameSync(beside, path);
        return undefined;
      }
      const replaced = `${path}.replaced-${stampOf(clock)}`;
      linkSync(path, replaced);
      renameSync(beside, path);
      return replaced;
    },
    async discard() {
      await opened.close();
      remove(beside);
    },
  };
}

/**
 * SQLite leaves the write-ahead log only when nobody else has the file open, which also makes it one file that can be
 * renamed.
 */
function refuseFileInUse(path: string): void {
  if (!existsSync(path)) return;
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = delete');
  } catch (error) {
    throw inUse(path, messageOf(error));
  } finally {
    database.close();
  }
}

function remove(path: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true });
}

async function besideSchema(dependencies: StoreDependencies): Promise<Beside> {
  const { options, clock } = dependencies;
  const { schema } = options.postgres;
  const beside = `${schema}_new`;
  const replaced = `${schema}_old_${stampOf(clock)}`;
  const postgres = { ...options.postgres, schema: beside };
  const opened = await openPostgres({ ...dependencies, options: { ...options, postgres } });
  const { db } = opened;
  // The one beside may be another installation's.
  await Promise.all([schema, beside].map((name) => refuseHeld(db, name))).catch(async (error: unknown) => {
    await opened.close();
    throw error;
  });
  await sql`drop schema if exists ${sql.id(beside)} cascade`.execute(db);
  return {
    opened,
    async takePlace() {
      const wasThere = await db.transaction().execute(async (transaction) => {
        await refuseHeld(transaction, schema, true);
        const found = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(transaction);
        if (found.rows.length > 0) {
          await sql`alter schema ${sql.id(schema)} rename to ${sql.id(replaced)}`.execute(transaction);
        }
        await sql`alter schema ${sql.id(beside)} rename to ${sql.id(schema)}`.execute(transaction);
        return found.rows.length > 0;
      });
      await opened.close();
      return wasThere ? `schema ${replaced}` : undefined;
    },
    async discard() {
      await sql`drop schema if exists ${sql.id(beside)} cascade`.execute(db);
      await opened.close();
    },
  };
}

/** For the names of what is kept, so that none is kept over another; short, because PostgreSQL cuts names at 63 bytes. */
function stampOf(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString().slice(0, 19).replaceAll(/[:-]/g, '').toLowerCase();
}

function inUse(store: string, reason: string): SentinelError {
  const message = `The store ${store} is in use or cannot be read (${reason}). Stop Sentinel first.`;
  return new SentinelError('SENTINEL_STORE_FAILED', message);
}
