import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import { codeOf, messageOf, SentinelError } from '../../runtime/errors.ts';
import type { StoreDependencies } from '../create-store.ts';
import type { OpenedDatabase } from '../opened-database.ts';
import type { StoreTables } from '../schema.ts';
import { tableNames } from '../transfer/table-specs.ts';
import { boundedPool } from './bounded-pool.ts';

export const lostConnections = {
  name: 'sentinel_store_lost_connections_total',
  help: 'Idle connections to PostgreSQL that broke; others take their place.',
};

/** Reaches the PostgreSQL database of `store.url`. Throws SENTINEL_STORE_FAILED, without showing the password. */
export async function openPostgres(dependencies: StoreDependencies): Promise<OpenedDatabase> {
  const { options, logger, metrics } = dependencies;
  const { schema } = options.postgres;
  const pool = await createPool(options, dependencies.takesDuty === true);
  const lost = metrics.counter(lostConnections);
  pool.on('error', (error) => {
    lost.add(1);
    logger.warn({ error: messageOf(error) }, 'A connection to the store broke.');
  });
  const kysely = new Kysely<StoreTables>({
    dialect: new PostgresDialect({ pool: boundedPool(pool, options.maxWaiting) }),
  });
  const db = kysely.withSchema(schema);
  try {
    const reply = await sql<{ size: string }>`select pg_database_size(current_database()) as size`.execute(db);
    logger.info(
      { store: shownUrl(options.url), schema, bytes: Number(reply.rows[0]?.size) },
      'The store is PostgreSQL.',
    );
  } catch (error) {
    await kysely.destroy();
    const message = `The store ${shownUrl(options.url)} cannot be reached: ${messageOf(error)}. Check store.url, or that the server runs and lets this user in.`;
    throw new SentinelError('SENTINEL_STORE_FAILED', message, { cause: error });
  }
  return {
    db,
    schema,
    async backup(version) {
      const copy = `${schema}_before_${version}`.replaceAll(/[^a-z0-9_]/g, '_');
      await kysely.transaction().execute(async (transaction) => {
        await sql`drop schema if exists ${sql.id(copy)} cascade`.execute(transaction);
        await sql`create schema ${sql.id(copy)}`.execute(transaction);
        for (const table of [...tableNames, 'kysely_migration']) {
          const [to, from] = [sql.id(copy, table), sql.id(schema, table)];
          await sql`create table ${to} as table ${from}`.execute(transaction);
        }
      });
      logger.info({ copy, version }, 'The store was copied to another schema before it is migrated.');
    },
    async apart() {
      const { connectTimeout, lease } = options.postgres;
      const hasty = { connectTimeout: Math.min(connectTimeout, lease.renewEvery), statementTimeout: lease.renewEvery };
      const own = await createPool(
        { ...options, postgres: { ...options.postgres, ...hasty, maxConnections: 1 } },
        true,
      );
      own.on('error', () => lost.add(1));
      const apart = new Kysely<StoreTables>({ dialect: new PostgresDialect({ pool: boundedPool(own, 1) }) });
      return { db: apart.withSchema(schema), close: () => apart.destroy() };
    },
    close: () => kysely.destroy(),
  };
}

/**
 * The driver is loaded only where PostgreSQL is the store. `yields`: a transaction in which nothing happens for half a lease
 * is ended by the server, so that a process that was stopped in the midst of one does not hold up its successor.
 */
async function createPool({ url, postgres }: StoreDependencies['options'], yields: boolean): Promise<Pool> {
  const { default: driver } = await import('pg').catch((error: unknown) => {
    const hint = codeOf(error) === 'ERR_MODULE_NOT_FOUND' ? 'The package pg is not installed.' : messageOf(error);
    throw new SentinelError('SENTINEL_STORE_FAILED', `PostgreSQL's driver cannot be loaded: ${hint}`, { cause: error });
  });
  return new driver.Pool({
    connectionString: url,
    application_name: 'sentinel',
    max: postgres.maxConnections,
    connectionTimeoutMillis: postgres.connectTimeout,
    statement_timeout: postgres.statementTimeout,
    // The server ends a statement that takes too long; this is for a server that does not answer at all.
    query_timeout: postgres.statementTimeout + postgres.connectTimeout,
    ...(yields ? { idle_in_transaction_session_timeout: Math.round(postgres.lease.duration / 2) } : {}),
    keepAlive: true,
  });
}

/** Host and database, without user and password. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'PostgreSQL' : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
