import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { messageOf } from '../../runtime/errors.ts';
import type { OpenReply, SqliteFile, StatementReply, StatementRequest } from './messages.ts';

const MAX_PREPARED = 100;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

export type Opened =
  { readonly kind: 'opened'; readonly runner: StatementRunner } | Exclude<OpenReply, { readonly kind: 'opened' }>;

interface StatementRunner {
  run(request: StatementRequest): StatementReply;
  close(): void;
}

/**
 * Opens one SQLite file and runs statements on it, synchronously. Lives in the store's thread.
 *
 * WAL lets the command line read beside the sidecar; `synchronous=FULL` makes a commit outlive a power cut, which the
 * annotation ledger relies on, and costs one fsync for a group of writes. The whole file is checked when it is opened
 * (about 0.1 s for 100 MB), because a damaged page found later would fail in the middle of an incident.
 */
export function openDatabase({ path, busyTimeoutMs }: SqliteFile): Opened {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    database.exec('pragma journal_mode = wal; pragma synchronous = full;');
    const check = database.prepare('pragma quick_check(1)').get()?.['quick_check'];
    if (check === 'ok') return { kind: 'opened', runner: createRunner(database) };
    database.close();
    return { kind: 'damaged', reason: String(check) };
  } catch (error) {
    if (database?.isOpen === true) database.close();
    const primary = errcodeOf(error) & 0xff;
    const damaged = primary === SQLITE_CORRUPT || primary === SQLITE_NOTADB;
    return { kind: damaged ? 'damaged' : 'failed', reason: messageOf(error) };
  }
}

function createRunner(database: DatabaseSync): StatementRunner {
  const prepared = new Map<string, StatementSync>();

  /** The statements of this program are few; lists of changing length could grow without end, so the oldest goes. */
  function prepare(sql: string): StatementSync {
    const found = prepared.get(sql);
    if (found !== undefined) return found;
    const [oldest] = prepared.keys();
    if (prepared.size >= MAX_PREPARED && oldest !== undefined) prepared.delete(oldest);
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }

  return {
    run({ id, sql, parameters }) {
      try {
        const statement = prepare(sql);
        if (statement.columns().length > 0) {
          const rows = statement.all(...parameters);
          return { id, kind: 'rows', rows, changes: rows.length };
        }
        return { id, kind: 'rows', rows: [], changes: Number(statement.run(...parameters).changes) };
      } catch (error) {
        return { id, kind: 'failed', message: messageOf(error), errcode: errcodeOf(error) };
      }
    },
    close() {
      database.close();
    },
  };
}

function errcodeOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) : 0;
}
