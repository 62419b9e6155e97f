import { PGlite } from '@electric-sql/pglite';
import { type Dialect, Kysely, PGliteDialect } from 'kysely';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics, type SelfMetrics } from '../../runtime/self-metrics.ts';
import { createStore, type Store } from '../create-store.ts';
import { openStore } from '../open-store.ts';
import type { OpenedDatabase } from '../opened-database.ts';
import type { StoreTables } from '../schema.ts';
import type { StoreOptions } from '../store-options.ts';
import { NOON } from './builders.ts';
import { dropSchema } from './postgres-server.ts';

const DAY_MS = 86_400_000;
/** Each test process has its own, so that they can run at once. */
const SCHEMA = `sentinel_test_${process.pid}`;

export const storeOptions: StoreOptions = {
  url: '',
  postgres: {
    schema: SCHEMA,
    maxConnections: 4,
    connectTimeout: 5_000,
    statementTimeout: 10_000,
    lease: { duration: 10_000, renewEvery: 3_000 },
  },
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
    feedback: 365 * DAY_MS,
    incidents: 365 * DAY_MS,
    slos: 365 * DAY_MS,
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

/** PostgreSQL in this process. One for all tests of a file: closing a store must not end it. */
function pglite(): StoreKind {
  let server: Promise<PGlite> | undefined;
  return {
    name: 'PGlite',
    async open(overrides = {}) {
      const { own, dependencies } = surroundings(overrides);
      server ??= PGlite.create();
      const database = await server;
      await database.exec(`drop schema if exists ${SCHEMA} cascade`);
      const { waitReady } = database;
      const shared = {
        query: database.query.bind(database),
        transaction: database.transaction.bind(database),
        waitReady,
      };
      const lasting = { ...shared, closed: false, ready: true, close: () => Promise.resolve() };
      const dialect = new PGliteDialect({ pglite: lasting });
      return { ...(await createStore({ ...dependencies, ...databaseOf(dialect, SCHEMA) })), ...own };
    },
    dispose: async () => (await server)?.close(),
  };
}

function databaseOf(dialect: Dialect, schema: string): OpenedDatabase {
  const kysely = new Kysely<StoreTables>({ dialect });
  return { db: kysely.withSchema(schema), schema, backup: () => Promise.resolve(), close: () => kysely.destroy() };
}

function postgres(url: string): StoreKind {
  return {
    name: 'PostgreSQL',
    async open(overrides = {}) {
      await dropSchema(url, SCHEMA);
      const { own, dependencies } = surroundings({ url, ...overrides });
      return { ...(await openStore(dependencies)), ...own };
    },
    dispose: () => dropSchema(url, SCHEMA),
  };
}

/** Of a real server, where there is one to test with. */
export const postgresUrl = process.env['POSTGRES_URL'];

export const storeKinds: readonly StoreKind[] = [
  sqlite,
  pglite(),
  ...(postgresUrl === undefined ? [] : [postgres(postgresUrl)]),
];

/** For `test.skip`, so that a run says what it left out. */
export const skippedKinds: readonly string[] =
  postgresUrl === undefined ? ['PostgreSQL (POSTGRES_URL is not set)'] : [];
