import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Migration } from 'kysely/migration';
import { systemClock } from '../../runtime/clock.ts';
import { messageOf } from '../../runtime/errors.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { migrations } from '../migrations/migrations.ts';
import { openStore } from '../open-store.ts';
import { anAnomaly, findingId } from '../testing/builders.ts';
import { dropSchema, onServer } from '../testing/postgres-server.ts';
import { postgresUrl, storeOptions } from '../testing/store-kinds.ts';
import { shownUrl } from './open-postgres.ts';

const schema = `sentinel_open_${process.pid}`;

function open(url: string, known = migrations) {
  const postgres = { ...storeOptions.postgres, schema, connectTimeout: 2_000 };
  const options = { ...storeOptions, url, postgres };
  const common = { clock: systemClock, logger: silentLogger, metrics: createSelfMetrics() };
  return openStore({ options, migrations: known, ...common });
}

test('a server that is not there is named, its password is not', async () => {
  const fault: unknown = await open('postgres://ana:geheim@127.0.0.1:1/sentinel').catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: 'SENTINEL_STORE_FAILED' });
  expect(messageOf(fault)).toMatch(/postgres:\/\/127\.0\.0\.1:1\/sentinel cannot be reached: .*ECONNREFUSED/);
  expect(messageOf(fault)).not.toContain('geheim');
});

test.each(['postgres://a:b@db:5432/x?sslmode=require', 'no url at all'])('%s is shown without credentials', (url) => {
  expect(shownUrl(url)).toMatch(/^(postgres:\/\/db:5432\/x|PostgreSQL)$/);
});

const later: Migration = {
  up: async (db) => {
    await db.schema.alterTable('changes').addColumn('note', 'text').execute();
  },
};

(postgresUrl === undefined ? describe.skip : describe)('on a real server', () => {
  const url = postgresUrl ?? '';
  const release = Object.keys(migrations).at(-1) ?? '';
  const copy = `${schema}_before_${release.replaceAll('-', '_')}`;
  beforeEach(() => dropSchema(url, schema));
  afterEach(() => dropSchema(url, copy));
  afterAll(() => dropSchema(url, schema));

  test('a store keeps what it was told over a restart', async () => {
    const first = await open(url);
    await first.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
    await first.close();
    const second = await open(url);
    expect(await second.anomalies.get(findingId(1))).toEqual(anAnomaly());
    expect(second.instanceId).toBe(first.instanceId);
    await second.close();
  });

  test('several that start at once on an empty database agree', async () => {
    const stores = await Promise.all([open(url), open(url), open(url)]);
    expect(new Set(stores.map(({ instanceId }) => instanceId)).size).toBe(1);
    const tokens = await Promise.all(stores.map((store) => store.tokens.createFirst()));
    expect(tokens.filter((token) => token !== undefined)).toHaveLength(1);
    for (const store of stores) await store.close();
  });

  test('a later release copies the tables to another schema first; this one then refuses', async () => {
    const store = await open(url);
    await store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
    await store.close();
    const next = { ...migrations, '9999-later': later };
    await (await open(url, next)).close();
    const copied = await onServer(url, (client) => client.query(`select id from ${copy}.anomalies`));
    expect(copied.rows).toEqual([{ id: findingId(1) }]);
    await expect(open(url)).rejects.toMatchObject({ code: 'SENTINEL_STORE_TOO_NEW' });
  });

  test('a text with the character 0 is stored all the same', async () => {
    const store = await open(url);
    const sentence = 'a\0b';
    expect(await store.anomalies.record({ kind: 'opened', anomaly: anAnomaly({ sentence }) })).toEqual({
      kind: 'stored',
    });
    expect(await store.anomalies.get(findingId(1))).toMatchObject({ sentence });
    await store.close();
  });

  test('connections that the server ends are replaced, and what was written meanwhile is written', async () => {
    const store = await open(url);
    await store.anomalies.counts();
    await onServer(url, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sentinel' and pid <> pg_backend_pid()`,
      ),
    );
    expect(await store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() })).toEqual({ kind: 'stored' });
    await store.close();
  });
});
