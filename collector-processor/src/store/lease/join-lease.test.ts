import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Migration } from 'kysely/migration';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import type { Store } from '../create-store.ts';
import { migrations } from '../migrations/migrations.ts';
import { openStore } from '../open-store.ts';
import { aChange, anAnomaly } from '../testing/builders.ts';
import { dropSchemas, onServer } from '../testing/postgres-server.ts';
import { postgresUrl, storeOptions } from '../testing/store-kinds.ts';
import { fillStore } from '../transfer/fill-store.ts';

jest.setTimeout(60_000);

const schema = `sentinel_join_${process.pid}`;
const url = postgresUrl ?? '';
const later: Migration = { up: (db) => db.schema.alterTable('changes').addColumn('note', 'text').execute() };

function dependencies(known = migrations) {
  const lease = { duration: 1_500, renewEvery: 300 };
  const options = { ...storeOptions, url, postgres: { ...storeOptions.postgres, schema, lease } };
  return {
    options,
    migrations: known,
    clock: systemClock,
    logger: silentLogger,
    metrics: createSelfMetrics(),
    takesDuty: true,
  };
}

const opened: Store[] = [];
async function join(known = migrations): Promise<Store> {
  const store = await openStore(dependencies(known));
  opened.push(store);
  return store;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
}

test('a SQLite store is its process’s alone', async () => {
  const store = await openStore({ ...dependencies(), options: storeOptions });
  expect([store.duty.state(), store.duty.holder()]).toEqual(['active', undefined]);
  await store.close();
});

(postgresUrl === undefined ? describe.skip : describe)('stores on one schema of a real server', () => {
  const clear = () => dropSchemas(url, schema);
  beforeEach(clear);
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await clear();
  });

  test('that start at once on an empty database agree on one that is active; it alone makes the tables', async () => {
    const stores = await Promise.all([join(), join(), join()]);
    expect(stores.map(({ duty }) => duty.state()).sort()).toEqual(['active', 'standby', 'standby']);
    expect(new Set(stores.map(({ instanceId }) => instanceId)).size).toBe(1);
  });

  test('a standby reads and manages tokens, and writes nothing; it takes over when the active one is closed', async () => {
    const active = await join();
    const standby = await join();
    expect(await active.changes.record(aChange())).toEqual({ kind: 'stored' });
    expect((await standby.changes.list({ filter: {}, limit: 9 })).items).toEqual([aChange()]);
    expect(await standby.tokens.create({ name: 'made here', role: 'reader' })).toBeDefined();
    await standby.deleteExpired();
    expect(await standby.changes.record(aChange({ id: 'too early' }))).toMatchObject({ kind: 'failed' });
    opened.splice(opened.indexOf(active), 1);
    await active.close();
    await until(() => standby.duty.state() === 'active');
    expect(await standby.changes.record(aChange({ id: 'in time' }))).toEqual({ kind: 'stored' });
  });

  test('one whose lease was taken writes nothing more, whatever its clock says, and becomes a standby', async () => {
    const store = await join();
    const [states, permit] = [[] as string[], store.duty.permit()];
    store.duty.onChange((state) => states.push(state));
    await onServer(url, (client) =>
      client.query(
        `update ${schema}.lease set epoch = epoch + 1, holder = 'another', expires_at_ms = 4102444800000 where holder <> ''`,
      ),
    );
    expect(permit).toBeDefined();
    expect(await store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() })).toMatchObject({ kind: 'failed' });
    expect((await store.anomalies.counts()).open).toBe(0);
    expect([states, store.duty.state()]).toEqual([['standby'], 'standby']);
  });

  test('a later release does not change the tables under the active one; alone it does', async () => {
    const next = { ...migrations, '9999-later': later };
    const active = await join();
    const real = Date.now();
    const fast = { ...dependencies(next), clock: { ...systemClock, monotonicMs: () => (Date.now() - real) * 100 } };
    await expect(openStore(fast)).rejects.toThrow(/those of an earlier release, which .* is using/);
    opened.splice(0);
    await active.close();
    await (await openStore(dependencies(next))).close();
    await expect(openStore(dependencies())).rejects.toMatchObject({ code: 'SENTINEL_STORE_TOO_NEW' });
  });

  test('a store is not replaced under the active one; nor is one that became active meanwhile', async () => {
    const target = { ...dependencies(), takesDuty: false };
    const filling = (give: () => Promise<void>) =>
      fillStore({ target, mayReplaceRows: true, standing: Object.keys(migrations), give });
    const active = await join();
    await expect(filling(() => Promise.resolve())).rejects.toThrow('The store is in use by');
    opened.splice(0);
    await active.close();
    const late = filling(() => join().then(() => undefined));
    await expect(late).rejects.toThrow('The store is in use by');
    expect(opened[0]!.duty.state()).toBe('active');
    await opened.splice(0)[0]!.close();
    expect((await filling(() => Promise.resolve())).replaced).toContain(`schema ${schema}_old_`);
    expect((await join()).duty.state()).toBe('active');
  });
});
