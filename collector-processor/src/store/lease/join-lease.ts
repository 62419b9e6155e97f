import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Migration } from 'kysely/migration';
import { SentinelError } from '../../runtime/errors.ts';
import type { DatabaseDependencies } from '../create-store.ts';
import type { Duty } from '../duty.ts';
import { executedMigrations, migrate } from '../migrations/migrate.ts';
import { createLeaseRecord, leaseHolder, prepareLease } from './lease-record.ts';
import { createLease } from './lease.ts';

export interface JoinedLease {
  readonly duty: Duty;
  /** Gives it back; nothing is written afterwards. */
  leave(): Promise<void>;
}

const LOOK_AGAIN_MS = 200;
/** For the first process on an empty database to make the tables. */
const WAIT_FOR_TABLES_MS = 15_000;

/**
 * Takes part in the lease of the store, where there is one, and sees to it that its tables are those of this release: the
 * active process makes them, the others wait for that. Undefined: nobody else can be on this store.
 */
export async function joinLease(
  dependencies: DatabaseDependencies,
  migrations: Readonly<Record<string, Migration>>,
): Promise<JoinedLease | undefined> {
  const { schema, options, clock, logger, metrics } = dependencies;
  const apart = await dependencies.apart?.();
  if (schema === undefined || apart === undefined) return undefined;
  const holder = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  await prepareLease(apart.db, schema);
  const lease = createLease({
    record: createLeaseRecord(apart.db),
    options: options.postgres.lease,
    holder,
    clock,
    logger,
    metrics,
  });

  async function leave(): Promise<void> {
    await lease.stop();
    await apart?.close();
  }

  try {
    await lease.start();
    await untilMigrated({ ...dependencies, migrations }, () => lease.state() === 'active');
    return { duty: lease, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function untilMigrated(
  dependencies: DatabaseDependencies & { readonly migrations: Readonly<Record<string, Migration>> },
  isActive: () => boolean,
): Promise<void> {
  const { clock, db, schema, migrations } = dependencies;
  const untilMs = clock.monotonicMs() + WAIT_FOR_TABLES_MS;
  // The clock's sleep would let a process end that has nothing else to do yet.
  const alive = setInterval(() => undefined, WAIT_FOR_TABLES_MS);
  try {
    while (clock.monotonicMs() < untilMs) {
      const missing = Object.keys(migrations).length - (await executedMigrations(dependencies)).length;
      // Nothing is missing in a store of a later release either: that is refused there.
      if (missing <= 0 || isActive()) {
        await migrate(dependencies);
        return;
      }
      await clock.sleep(LOOK_AGAIN_MS);
    }
  } finally {
    clearInterval(alive);
  }
  const by = (await leaseHolder(db, schema ?? '')) ?? 'another process';
  const message = `The tables of the store are those of an earlier release, which ${by} is using. Stop it first, then start this one.`;
  throw new SentinelError('SENTINEL_STORE_FAILED', message);
}
