import { PGlite } from '@electric-sql/pglite';
import { type Dialect, Kysely, PGliteDialect, PostgresDialect, type PostgresPool, sql } from 'kysely';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics, type SelfMetrics } from '../../runtime/self-metrics.ts';
import { createStore, type Store } from '../create-store.ts';
import { openStore } from '../open-store.ts';
import type { StoreDatabase, StoreTables } from '../schema.ts';
import type { StoreOptions } from '../store-options.ts';
import { NOON } from './builders.ts';

const DAY_MS = 86_400_000;

export const storeOptions: StoreOptions = {
  path: ':memory:',
  busyTimeout: 1_000,
  maxWaiting: 1_000,
  queueSize: 10_000,
  commitInterval: 2,
  maxTokens: 1_000,
  maxSetAside: 3,
  retention: {
    anomalies: 90 * DAY_MS,
    changes: 365 * DAY_MS,
    annotations: 90 * DAY_MS,
    tokens: 90 * DAY_MS,
    interval: 3_600_000,
    rowsPerStep: 2,
  },
};

export interface TestStore extends Store {
  readonly metrics: SelfMetrics;
  /** The wall clock of the store. */
  readonly clock: { nowMs: number };
}

/** Overrides of the options, and the time at which the store is opened. */
interface OpenTestStore extends Partial<StoreOptions> {
  readonly nowMs?: number;
}

/** Opens a store that the suite closes. */
export type OpenTest = (overrides?: OpenTestStore) => Promise<TestStore>;

export interface StoreKind {
  readonly name: string;
  /** An empty store. */
  open(overrides?: OpenTestStore): Promise<TestStore>;
  dispose(): Promise<void>;
}

const sqlite: StoreKind = {
  name: 'SQLite',
  async open(overrides = {}) {
    const { own, dependencies } = surroundings(overrides);
    return { ...(await openStore(dependencies)), ...own };
  },
  dispose: () => Promise.resolve(),
};

function surroundings({ nowMs = NOON, ...options }: OpenTestStore) {
  const clock = { nowMs };
  const metrics = createSelfMetrics();
  const dependencies = {
    options: { ...storeOptions, ...options },
    clock: { ...systemClock, nowMs: () => clock.nowMs },
    logger: silentLogger,
    metrics,
  };
  return { own: { clock, metrics }, dependencies };
}

function postgresKind(name: string, connect: () => Promise<Dialect>, dispose: () => Promise<void>): StoreKind {
  return {
    name,
    async open(overrides = {}) {
      const { own, dependencies } = surroundings(overrides);
      const db: StoreDatabase = new Kysely<StoreTables>({ dialect: await connect() });
      await sql`drop schema if exists sentinel_test cascade`.execute(db);
      await sql`create schema sentinel_test`.execute(db);
      await sql`set search_path to sentinel_test`.execute(db);
      return { ...(await createStore({ ...dependencies, db, backup: () => Promise.resolve() })), ...own };
    },
    dispose,
  };
}

function pglite(): StoreKind {
  let server: Promise<PGlite> | undefined;
  return postgresKind(
    'PGlite',
    async () => {
      server ??= PGlite.create();
      const pglite = await server;
      const { waitReady } = pglite;
      const shared = { query: pglite.query.bind(pglite), transaction: pglite.transaction.bind(pglite), waitReady };
      // One server for all tests of a file: closing a store must not end it.
      return new PGliteDialect({ pglite: { ...shared, closed: false, ready: true, close: () => Promise.resolve() } });
    },
    async () => (await server)?.close(),
  );
}

function postgres(connectionString: string): StoreKind {
  return postgresKind(
    'PostgreSQL',
    async () => {
      // By a variable, because the driver is only needed (and only has to be installed) where a server is given.
      const driver = 'pg';
      const { Pool } = (await import(driver)) as { Pool: new (options: object) => PostgresPool };
      return new PostgresDialect({ pool: new Pool({ connectionString, max: 1 }) });
    },
    () => Promise.resolve(),
  );
}

const server = process.env['POSTGRES_URL'];

export const storeKinds: readonly StoreKind[] = [sqlite, pglite(), ...(server === undefined ? [] : [postgres(server)])];

/** For `test.skip`, so that a run says what it left out. */
export const skippedKinds: readonly string[] = server === undefined ? ['PostgreSQL (POSTGRES_URL is not set)'] : [];
