import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { messageOf } from '../runtime/errors.ts';
import { anAnnotation, anAnomaly, findingId } from './testing/builders.ts';
import { createFolder } from './testing/file-store.ts';

let place: ReturnType<typeof createFolder>;
beforeEach(() => {
  place = createFolder();
});
afterEach(() => place.remove());

test('a store keeps what it was told, and its name, over a restart', async () => {
  const first = await place.open();
  await first.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
  await first.annotations.put(anAnnotation());
  await first.close();
  const second = await place.open();
  expect(await second.anomalies.get(findingId(1))).toEqual(anAnomaly());
  expect(await second.annotations.get('sentinel-1')).toEqual(anAnnotation());
  expect(second.instanceId).toBe(first.instanceId);
  await second.close();
});

test('the file can be read by its owner only', async () => {
  const store = await place.open();
  await store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
  for (const part of ['', '-wal']) expect(statSync(place.path + part).mode & 0o077).toBe(0);
  await store.close();
});

test('what was committed is there after a crash', async () => {
  const store = await place.open();
  await store.annotations.put(anAnnotation());
  // The files as a killed process leaves them: nothing was closed.
  const crashed = createFolder();
  mkdirSync(dirname(crashed.path), { recursive: true });
  for (const part of ['', '-wal']) copyFileSync(place.path + part, crashed.path + part);
  const again = await crashed.open();
  expect(await again.annotations.get('sentinel-1')).toEqual(anAnnotation());
  await again.close();
  await store.close();
  crashed.remove();
});

describe('a damaged file', () => {
  async function expectFreshStore(): Promise<void> {
    const store = await place.open();
    expect(await store.anomalies.get(findingId(1))).toBeUndefined();
    expect(await store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() })).toEqual({ kind: 'stored' });
    await store.close();
    const aside = readdirSync(dirname(place.path)).filter((name) => /^sentinel\.db\.damaged-[0-9TZ.-]+$/.test(name));
    expect(aside).toHaveLength(1);
    expect(place.logged.at(0)?.message).toContain('It was set aside, and a fresh one is begun');
    expect(place.metrics.render()).toContain('sentinel_store_set_aside_total 1');
  }

  test('that is no database is set aside and a fresh store begun', async () => {
    mkdirSync(dirname(place.path), { recursive: true });
    writeFileSync(place.path, 'this was a database once, perhaps'.repeat(100));
    await expectFreshStore();
  });

  test('with overwritten pages is set aside and a fresh store begun', async () => {
    const store = await place.open();
    for (let number = 1; number < 200; number++) {
      void store.anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: findingId(number) }) });
    }
    await store.close();
    const bytes = readFileSync(place.path);
    bytes.fill(0xa5, 8_192, 60_000);
    writeFileSync(place.path, bytes);
    await expectFreshStore();
  });

  test('cut in half is set aside and a fresh store begun', async () => {
    const store = await place.open();
    for (let number = 1; number < 200; number++) {
      void store.anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: findingId(number) }) });
    }
    await store.close();
    const bytes = readFileSync(place.path);
    writeFileSync(place.path, bytes.subarray(0, Math.floor(bytes.length / 2)));
    await expectFreshStore();
  });
});

test('only the newest damaged files are kept, with all their parts', async () => {
  mkdirSync(dirname(place.path), { recursive: true });
  const older = ['2025-01-01T000000.000Z', '2025-01-02T000000.000Z', '2025-01-03T000000.000Z'];
  for (const time of older) for (const part of ['', '-wal']) writeFileSync(`${place.path}.damaged-${time}${part}`, 'x');
  writeFileSync(`${place.path}.damaged-by-me`, 'not one of ours');
  writeFileSync(place.path, 'this was a database once, perhaps'.repeat(100));
  await (await place.open({ maxSetAside: 2 })).close();
  const left = readdirSync(dirname(place.path)).filter((name) => name.includes('.damaged-'));
  expect(left.filter((name) => name.endsWith('Z'))).toHaveLength(2);
  expect(left).toEqual(expect.arrayContaining(['sentinel.db.damaged-by-me', `sentinel.db.damaged-${older[2]}-wal`]));
  expect(left.join()).not.toMatch(/2025-01-0[12]/);
  expect(place.metrics.render()).toContain('sentinel_store_set_aside_deleted_total 2');
});

test('a damaged file is left alone by who may not replace it', async () => {
  mkdirSync(dirname(place.path), { recursive: true });
  writeFileSync(place.path, 'this was a database once, perhaps'.repeat(100));
  const refused = { code: 'SENTINEL_STORE_FAILED', message: expect.stringContaining('not a database') };
  await expect(place.open({}, undefined, false)).rejects.toMatchObject(refused);
  expect(readdirSync(dirname(place.path))).toEqual(['sentinel.db']);
});

test('an empty file is a fresh store, not a damaged one', async () => {
  mkdirSync(dirname(place.path), { recursive: true });
  writeFileSync(place.path, '');
  await (await place.open()).close();
  expect(place.metrics.render()).toContain('sentinel_store_set_aside_total 0');
});

test('a path that cannot be used is refused with its name and a remedy', async () => {
  writeFileSync(`${place.folder}/file`, '');
  await expect(place.open({ path: `${place.folder}/file/sentinel.db` })).rejects.toMatchObject({
    code: 'SENTINEL_STORE_FAILED',
    message: expect.stringMatching(/file\/sentinel\.db cannot be opened: .*set another store\.path/),
  });
  mkdirSync(`${place.folder}/folder.db`);
  await expect(place.open({ path: `${place.folder}/folder.db` })).rejects.toMatchObject({
    code: 'SENTINEL_STORE_FAILED',
  });
});

test('another process may read and write beside the sidecar', async () => {
  const store = await place.open();
  const other = await place.open();
  await store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
  expect(await other.anomalies.get(findingId(1))).toEqual(anAnomaly());
  const issued = await other.tokens.create({ name: 'from the command line', role: 'reader' });
  expect(await store.tokens.authenticate(issued?.secret ?? '')).toMatchObject({ role: 'reader' });
  await other.close();
  await store.close();
});

/** Takes the lock when the store leaves it; a wait inside SQLite would keep the store from ending what it does. */
async function lock(path: string): Promise<DatabaseSync> {
  const database = new DatabaseSync(path, { timeout: 0 });
  for (;;) {
    try {
      database.exec('begin immediate');
      return database;
    } catch (error) {
      if (!messageOf(error).includes('locked')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

test('writes wait out a lock that outlasts the busy time-out, and say meanwhile what is wrong', async () => {
  const store = await place.open({ busyTimeout: 10 });
  const blocker = await lock(place.path);
  const outcome = store.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
  while (store.problem() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(store.problem()).toContain('locked');
  blocker.exec('rollback');
  blocker.close();
  expect(await outcome).toEqual({ kind: 'stored' });
  expect(store.problem()).toBeUndefined();
  await store.close();
});

test('more statements than may wait are refused, not kept', async () => {
  const store = await place.open({ maxWaiting: 3 });
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => store.anomalies.counts()));
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  // One runs and three wait, of which one may be the job that deletes old rows.
  expect([6, 7]).toContain(refusals.length);
  expect(refusals[0]).toMatchObject({ code: 'SENTINEL_STORE_BUSY' });
  expect(await store.anomalies.counts()).toEqual({ open: 0, paging: 0 });
  await store.close();
});

test('a field that this release does not know costs that field only', async () => {
  const store = await place.open();
  const written = { ...anAnomaly(), mood: 'odd', series: { ...anAnomaly().series, colour: 'red' } };
  await store.anomalies.record({ kind: 'opened', anomaly: written });
  expect(await store.anomalies.get(findingId(1))).toEqual(anAnomaly());
  await store.close();
});

test('a finding that this release cannot read is left out and counted', async () => {
  const before = await place.open();
  await before.anomalies.record({ kind: 'opened', anomaly: anAnomaly() });
  await before.close();
  const other = new DatabaseSync(place.path);
  other.exec(`update anomalies set body = '{"id":"x"}'`);
  other.close();
  const store = await place.open();
  expect((await store.anomalies.list({ filter: {}, sort: 'startMs', limit: 5 })).items).toEqual([]);
  expect(place.metrics.render()).toContain('sentinel_store_unreadable_rows_total{table="anomalies"} 1');
  await store.close();
});

test('`:memory:` makes no file', async () => {
  const store = await place.open({ path: ':memory:' });
  await store.close();
  expect(existsSync(dirname(place.path))).toBe(false);
  expect(existsSync(':memory:')).toBe(false);
});
