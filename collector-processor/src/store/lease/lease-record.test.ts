import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Dialect, Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { boundedPool } from '../postgres/bounded-pool.ts';
import type { StoreDatabase, StoreTables } from '../schema.ts';
import { dropSchema } from '../testing/postgres-server.ts';
import { postgresUrl } from '../testing/store-kinds.ts';
import { createLeaseRecord, leaseHolder, prepareLease, verifyLease } from './lease-record.ts';

jest.setTimeout(120_000);

const SCHEMA = `sentinel_lease_${process.pid}`;
const HOUR_MS = 3_600_000;

interface Kind {
  readonly name: string;
  connect(): Promise<Dialect>;
}

const kinds: Kind[] = [
  { name: 'PGlite', connect: async () => new PGliteDialect({ pglite: await PGlite.create() }) },
  ...(postgresUrl === undefined
    ? []
    : [
        {
          name: 'PostgreSQL',
          connect: () =>
            Promise.resolve(new PostgresDialect({ pool: new pg.Pool({ connectionString: postgresUrl, max: 8 }) })),
        },
      ]),
];

describe.each(kinds)('the lease on $name', ({ connect }) => {
  let kysely: Kysely<StoreTables>;
  let db: StoreDatabase;

  beforeAll(async () => {
    kysely = new Kysely<StoreTables>({ dialect: await connect() });
    db = kysely.withSchema(SCHEMA);
  });
  beforeEach(() => prepareLease(db, SCHEMA));
  afterEach(async () => {
    await sql`drop schema if exists ${sql.id(SCHEMA)} cascade`.execute(kysely);
  });
  afterAll(() => kysely.destroy());

  test('is made once, also when it is there', async () => {
    await Promise.all([prepareLease(db, SCHEMA), prepareLease(db, SCHEMA)]);
    expect(await leaseHolder(db, SCHEMA)).toBeUndefined();
    expect(await leaseHolder(db, 'no_such_schema')).toBeUndefined();
  });

  test('is taken by one, and by another only when it has ended', async () => {
    const record = createLeaseRecord(db);
    expect(await record.take('a', HOUR_MS)).toEqual({ kind: 'taken', hold: { holder: 'a', epoch: 1 } });
    const refused = await record.take('b', HOUR_MS);
    expect(refused).toMatchObject({ kind: 'held', by: 'a' });
    expect(refused).toHaveProperty('leftMs', expect.any(Number));
    expect(await leaseHolder(db, SCHEMA)).toBe('a');
    await record.release({ holder: 'a', epoch: 1 });
    expect(await leaseHolder(db, SCHEMA)).toBeUndefined();
    expect(await record.take('b', HOUR_MS)).toEqual({ kind: 'taken', hold: { holder: 'b', epoch: 2 } });
  });

  test('is renewed by its holder, also late, and by nobody else', async () => {
    const record = createLeaseRecord(db);
    await record.take('a', 0);
    expect(await record.renew({ holder: 'a', epoch: 1 }, HOUR_MS)).toBe(true);
    expect(await leaseHolder(db, SCHEMA)).toBe('a');
    expect(await record.renew({ holder: 'b', epoch: 1 }, HOUR_MS)).toBe(false);
    expect(await record.renew({ holder: 'a', epoch: 2 }, HOUR_MS)).toBe(false);
  });

  test('lets its holder write, and nobody who held it before', async () => {
    const record = createLeaseRecord(db);
    await record.take('a', 0);
    await db.transaction().execute((transaction) => verifyLease(transaction, { holder: 'a', epoch: 1 }));
    await record.take('b', HOUR_MS);
    const late = db.transaction().execute((transaction) => verifyLease(transaction, { holder: 'a', epoch: 1 }));
    await expect(late).rejects.toThrow('taken over');
    // A store that was put in its place counts from the beginning: the holder's name tells them apart.
    const alike = db.transaction().execute((transaction) => verifyLease(transaction, { holder: 'a', epoch: 2 }));
    await expect(alike).rejects.toThrow('taken over');
  });
});

(postgresUrl === undefined ? describe.skip : describe)('several connections to a real server', () => {
  const url = postgresUrl ?? '';
  const pools: Kysely<StoreTables>[] = [];
  let db: StoreDatabase;

  function connect(settings: pg.PoolConfig = {}): StoreDatabase {
    const pool = boundedPool(new pg.Pool({ connectionString: url, ...settings }), 100);
    const kysely = new Kysely<StoreTables>({ dialect: new PostgresDialect({ pool }) });
    pools.push(kysely);
    return kysely.withSchema(SCHEMA);
  }
  const stillOpen = Symbol('still open');
  const soon = <Result>(work: Promise<Result>) =>
    Promise.race([work, new Promise<typeof stillOpen>((resolve) => setTimeout(() => resolve(stillOpen), 300))]);

  beforeEach(async () => {
    db = connect();
    await prepareLease(db, SCHEMA);
  });
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.destroy();
    await dropSchema(url, SCHEMA);
  });

  test('make it at once, and one of many takes it', async () => {
    await dropSchema(url, SCHEMA);
    const others = Array.from({ length: 6 }, () => connect({ max: 1 }));
    await Promise.all(others.map((other) => prepareLease(other, SCHEMA)));
    const attempts = await Promise.all(
      others.map((other, index) => createLeaseRecord(other).take(`process-${index}`, HOUR_MS)),
    );
    expect(attempts.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });

  test('while a holder writes, a renewal passes and a take-over waits until it has committed', async () => {
    const record = createLeaseRecord(db);
    const hold = { holder: 'a', epoch: 1 };
    await record.take('a', 0);
    const order: string[] = [];
    const goOn = Promise.withResolvers<undefined>();
    const writing = db.transaction().execute(async (transaction) => {
      await verifyLease(transaction, hold);
      await goOn.promise;
      order.push('written');
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await soon(record.renew(hold, 0))).toBe(true);
    const takeOver = createLeaseRecord(connect()).take('b', HOUR_MS);
    void takeOver.then(() => order.push('taken over'));
    expect(await soon(takeOver)).toBe(stillOpen);
    goOn.resolve(undefined);
    await writing;
    expect(await takeOver).toMatchObject({ kind: 'taken', hold: { epoch: 2 } });
    expect(order).toEqual(['written', 'taken over']);
  });

  test('a holder that fell asleep in the midst of a transaction is put out, and cannot commit it', async () => {
    const asleep = connect({ idle_in_transaction_session_timeout: 200 });
    await createLeaseRecord(db).take('a', 0);
    const goOn = Promise.withResolvers<undefined>();
    const writing = asleep.transaction().execute(async (transaction) => {
      await verifyLease(transaction, { holder: 'a', epoch: 1 });
      await goOn.promise;
      await sql`update ${sql.id(SCHEMA, 'lease')} set holder = 'a was here'`.execute(transaction);
    });
    const failed = expect(writing).rejects.toThrow();
    expect(await createLeaseRecord(connect()).take('b', HOUR_MS)).toMatchObject({ kind: 'taken' });
    goOn.resolve(undefined);
    await failed;
    expect(await leaseHolder(db, SCHEMA)).toBe('b');
  });

  test('nobody takes it while a transaction has it locked', async () => {
    const goOn = Promise.withResolvers<undefined>();
    const locking = db.transaction().execute(async (transaction) => {
      expect(await leaseHolder(transaction, SCHEMA, true)).toBeUndefined();
      await goOn.promise;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const taking = createLeaseRecord(connect()).take('b', HOUR_MS);
    expect(await soon(taking)).toBe(stillOpen);
    goOn.resolve(undefined);
    await locking;
    expect(await taking).toMatchObject({ kind: 'taken' });
  });
});
