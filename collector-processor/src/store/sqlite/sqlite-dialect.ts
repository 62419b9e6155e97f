import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { SentinelError } from '../../runtime/errors.ts';
import type { SqliteValue } from './messages.ts';
import type { SqliteThread } from './sqlite-thread.ts';
import { createTurns } from './turns.ts';

/** Kysely over one SQLite connection in a thread of its own. */
export function createSqliteDialect(thread: SqliteThread, maxWaiting: number): Dialect {
  return {
    createDriver: () => createDriver(thread, maxWaiting),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new ThreadedSqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class ThreadedSqliteAdapter extends SqliteAdapter {
  /** There is one; but Kysely's own line before it has no bound, so the driver keeps the line. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** SQLite rolls back DDL too, so that a migration that fails leaves nothing behind. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function createDriver(thread: SqliteThread, maxWaiting: number): Driver {
  const turns = createTurns(maxWaiting);
  const connection = createConnection(thread);
  const run = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };

  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      await turns.take();
      return connection;
    },
    releaseConnection() {
      turns.release();
      return Promise.resolve();
    },
    // `immediate` takes the write lock at once: a transaction that only later becomes a writer could fail half-way. One that
    // only reads sees one moment and lets writers go on.
    beginTransaction: (_connection, { accessMode }) => run(accessMode === 'read only' ? 'begin' : 'begin immediate'),
    commitTransaction: () => run('commit'),
    rollbackTransaction: () => run('rollback'),
    destroy: () => thread.close(),
  };
}

function createConnection(thread: SqliteThread): DatabaseConnection {
  return {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const { rows, changes } = await thread.execute(sql, parameters.map(bindable));
      return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
    },
    streamQuery() {
      throw new SentinelError('SENTINEL_INTERNAL', 'The store does not stream.');
    },
  };
}

/** node:sqlite would bind a Date as NULL without a word. */
function bindable(value: unknown): SqliteValue {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint')
    return value;
  throw new SentinelError('SENTINEL_INTERNAL', `A ${typeof value} cannot be stored.`);
}
