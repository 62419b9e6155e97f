import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { codeOf, messageOf, SentinelError } from '../../runtime/errors.ts';

/** Carries the driver's code, so that a lost connection can be told from a wrong statement. */
class PostgresFault extends SentinelError {
  readonly sqlState: string;

  constructor(error: unknown) {
    super('SENTINEL_STORE_FAILED', messageOf(error), { cause: error });
    this.sqlState = codeOf(error);
  }
}

/**
 * The driver's pool as Kysely sees it, with what the driver lacks: a bound on those who wait for a connection, faults with a
 * code of ours, and texts without the character 0, which PostgreSQL does not store.
 */
export function boundedPool(pool: Pool, maxWaiting: number): PostgresPool {
  return {
    options: {},
    async connect() {
      if (pool.waitingCount >= maxWaiting) {
        throw new SentinelError('SENTINEL_STORE_BUSY', 'Too many statements wait for the store.');
      }
      return guarded(await pool.connect().catch((error: unknown) => Promise.reject(new PostgresFault(error))));
    },
    end: () => pool.end(),
  };
}

function guarded(client: PoolClient): PostgresPoolClient {
  let broken = false;
  // The server may end the connection between two statements; unheard, that would end the process.
  const onError = (): void => void (broken = true);
  client.on('error', onError);

  async function run(statement: string, parameters: readonly unknown[]): Promise<unknown> {
    try {
      return await client.query(statement, parameters.map(storable));
    } catch (error) {
      // What the server refused has a state; without one the connection is no longer to be trusted.
      broken ||= !/^[0-9A-Z]{5}$/.test(codeOf(error));
      throw new PostgresFault(error);
    }
  }

  function query<Row>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query(statement: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof statement === 'string') return run(statement, parameters);
    throw new SentinelError('SENTINEL_INTERNAL', 'The store does not stream.');
  }

  return {
    query,
    release(destroy) {
      client.removeListener('error', onError);
      client.release(broken || destroy === true);
    },
  };
}

function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}
