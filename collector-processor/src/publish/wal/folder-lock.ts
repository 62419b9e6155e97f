import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf, messageOf, SentinelError } from '../../runtime/errors.ts';

/** `SQLITE_BUSY` and `SQLITE_LOCKED`. */
const HELD = [5, 6];

/** A lock that nobody refers to would be let go of when memory is collected. */
const held = new Set<DatabaseSync>();

/**
 * Makes the folder this process's own; resolves to the way to let go of it. It is SQLite's exclusive lock on an empty
 * database, which the kernel takes back when the process ends, however it ends: nothing stale is left behind by kill -9, and a
 * pid that was given anew deceives nobody. Who holds it stands in a file beside it, for the message only.
 *
 * Throws SENTINEL_FOLDER_IN_USE, and whatever the disk says.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  // SQLite would leave the rights to the umask.
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive');
    writeFileSync(`${path}.holder`, `process ${process.pid} on ${hostname()}`, { mode: 0o600 });
  } catch (error) {
    database.close();
    throw HELD.includes(sqliteCode(error)) ? inUse(folder) : error;
  }
  held.add(database);
  return () => {
    held.delete(database);
    database.close();
  };
}

function sqliteCode(error: unknown): number {
  const isSqlite = typeof error === 'object' && error !== null && 'errcode' in error;
  return isSqlite ? Number(error.errcode) & 0xff : 0;
}

function inUse(folder: string): SentinelError {
  const message =
    `${folder} is in use by ${holderOf(folder)}. Each Sentinel needs a folder of its own: ` +
    'set forward.write_ahead_log.path or store.path, or stop the other one.';
  return new SentinelError('SENTINEL_FOLDER_IN_USE', message);
}

function holderOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'lock.holder'), 'utf8');
  } catch (error) {
    return `another process (${codeOf(error) || messageOf(error)})`;
  }
}
