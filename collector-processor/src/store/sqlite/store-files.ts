import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Files that belong to one SQLite database. */
const parts = ['', '-wal', '-shm'];

/** Creates the file readable by its owner only; SQLite would leave that to the umask. */
export function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

/** Bytes of the database with its write-ahead log. */
export function sizeOf(path: string): number {
  const sizes = parts.map((part) => statSync(path + part, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Gives the database another name, with the time in it, and answers with that. */
export function setAside(path: string, nowMs: number): string {
  const aside = `${path}.damaged-${new Date(nowMs).toISOString().replaceAll(':', '')}`;
  for (const part of parts) {
    if (statSync(path + part, { throwIfNoEntry: false }) !== undefined) renameSync(path + part, aside + part);
  }
  return aside;
}

/** Deletes all but the `most` newest databases that were set aside from `path`; answers with what was deleted. */
export function keepNewestAside(path: string, most: number): string[] {
  const start = `${basename(path)}.damaged-`;
  const aside = readdirSync(dirname(path)).filter((name) => name.startsWith(start) && name.endsWith('Z'));
  const old = aside.sort().slice(0, Math.max(0, aside.length - most));
  for (const name of old) for (const part of parts) rmSync(join(dirname(path), name + part), { force: true });
  return old;
}
