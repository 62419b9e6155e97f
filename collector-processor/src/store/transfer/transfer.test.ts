import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import type { StoreDependencies } from '../create-store.ts';
import { openDatabase } from '../open-database.ts';
import { openStore } from '../open-store.ts';
import { aChange, anAnnotation, anAnomaly, findingId } from '../testing/builders.ts';
import { createFolder } from '../testing/file-store.ts';
import { dropSchemas } from '../testing/postgres-server.ts';
import { postgresUrl, storeOptions } from '../testing/store-kinds.ts';
import { openBackup, writeBackup } from './backup-file.ts';
import { fillStore } from './fill-store.ts';
import { readTables } from './read-tables.ts';
import { currentMigrations } from './standing.ts';

jest.setTimeout(60_000);

const ANOMALIES = 1_203;
const schema = `sentinel_transfer_${process.pid}`;
let place: ReturnType<typeof createFolder>;
let file = '';
beforeEach(() => {
  place = createFolder();
  file = join(place.folder, 'backup.gz');
});
afterEach(() => place.remove());

function at(name: string, url = ''): StoreDependencies {
  const postgres = { ...storeOptions.postgres, schema };
  const options = { ...storeOptions, postgres, url, path: join(place.folder, name) };
  return { options, clock: systemClock, logger: silentLogger, metrics: createSelfMetrics(), mayReplace: false };
}

/** A store with something in every table, more than one piece of anomalies; answers with a token's secret. */
async function fill(where: StoreDependencies): Promise<string> {
  const store = await openStore(where);
  const writes = Array.from({ length: ANOMALIES }, (_unused, index) =>
    store.anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: findingId(index + 1) }) }),
  );
  await Promise.all(writes);
  await store.changes.post(aChange());
  await store.annotations.put(anAnnotation({ grafanaId: 9_007_199_254_740, state: 'created' }));
  const issued = await store.tokens.create({ name: 'grafana', role: 'operator' });
  await store.close();
  return issued?.secret ?? '';
}

async function expectFilled(where: StoreDependencies, secret: string): Promise<void> {
  const store = await openStore(where);
  expect(await store.anomalies.counts()).toMatchObject({ open: ANOMALIES });
  expect(await store.anomalies.get(findingId(ANOMALIES))).toEqual(anAnomaly({ id: findingId(ANOMALIES) }));
  expect((await store.changes.list({ filter: {}, limit: 5 })).items).toEqual([aChange()]);
  expect(await store.annotations.get('sentinel-1')).toMatchObject({ grafanaId: 9_007_199_254_740 });
  expect(await store.tokens.authenticate(secret)).toMatchObject({ role: 'operator' });
  await store.close();
}

async function backUp(where: StoreDependencies, migrations?: string[]) {
  const opened = await openDatabase(where);
  const head = { release: '1.2.3', createdAtMs: 7, migrations: migrations ?? [...(await currentMigrations(opened))] };
  const counts = await writeBackup(file, head, (take) => readTables(opened.db, take));
  await opened.close();
  return counts;
}

async function restore(where: StoreDependencies, mayReplaceRows = false) {
  const { give, migrations } = await openBackup(file);
  return fillStore({ target: where, mayReplaceRows, standing: migrations, give });
}

function rewrite(change: (lines: string[]) => string[]): void {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  writeFileSync(file, gzipSync(`${change(lines).join('\n')}\n`));
}

describe('a backup', () => {
  test('brings every table back, and is read by its owner only', async () => {
    const secret = await fill(at('a.db'));
    writeFileSync(`${file}.partial`, 'of a killed backup', { mode: 0o644 });
    const counts = await backUp(at('a.db'));
    expect(counts).toMatchObject({ anomalies: ANOMALIES, changes: 1, annotations: 1, tokens: 1 });
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await restore(at('b.db'))).counts).toEqual(counts);
    await expectFilled(at('b.db'), secret);
  });

  test('is made beside a store that goes on writing, of one moment', async () => {
    await fill(at('a.db'));
    const store = await openStore(at('a.db'));
    const opened = await openDatabase(at('a.db'));
    let pieces = 0;
    const counts = await writeBackup(file, { release: '', createdAtMs: 0, migrations: [] }, (take) =>
      readTables(opened.db, async (rows) => {
        const anomaly = anAnomaly({ id: findingId(9_000 + pieces++) });
        expect(await store.anomalies.record({ kind: 'opened', anomaly })).toEqual({ kind: 'stored' });
        await take(rows);
      }),
    );
    expect(pieces).toBeGreaterThan(4);
    expect(counts['anomalies']).toBe(ANOMALIES);
    await opened.close();
    await store.close();
  });

  test.each([
    ['cut off', (lines: string[]) => lines.slice(0, -1), 'SENTINEL_BACKUP_UNREADABLE'],
    ['with a piece taken out', (lines: string[]) => lines.toSpliced(2, 1), 'SENTINEL_BACKUP_UNREADABLE'],
    ['with something else in it', (lines: string[]) => lines.toSpliced(2, 0, '{"a":1}'), 'SENTINEL_BACKUP_UNREADABLE'],
    ['that is none', () => ['hello'], 'SENTINEL_BACKUP_UNREADABLE'],
    [
      'of a later format',
      (lines: string[]) => lines.map((line) => line.replace('"version":1', '"version":2')),
      'SENTINEL_STORE_TOO_NEW',
    ],
    [
      'of a later store',
      (lines: string[]) => lines.map((line) => line.replace('"migrations":[', '"migrations":["9999-later",')),
      'SENTINEL_STORE_TOO_NEW',
    ],
  ])('%s is refused, and what was there stays', async (_name, change, code) => {
    const secret = await fill(at('a.db'));
    await backUp(at('a.db'));
    rewrite(change);
    await expect(restore(at('a.db'), true)).rejects.toMatchObject({ code });
    await expectFilled(at('a.db'), secret);
    expect(readdirSync(place.folder).filter((name) => name.includes('.new'))).toEqual([]);
  });

  test('that is no gzip, or is cut in its bytes, is refused', async () => {
    await fill(at('a.db'));
    await backUp(at('a.db'));
    writeFileSync(file, readFileSync(file).subarray(0, 5_000));
    await expect(restore(at('b.db'))).rejects.toMatchObject({ code: 'SENTINEL_BACKUP_UNREADABLE' });
    writeFileSync(file, 'plain text');
    await expect(restore(at('b.db'))).rejects.toMatchObject({ code: 'SENTINEL_BACKUP_UNREADABLE' });
    await expect(openBackup(join(place.folder, 'none'))).rejects.toMatchObject({ code: 'SENTINEL_BACKUP_UNREADABLE' });
  });

  test('that cannot be written leaves nothing behind', async () => {
    await fill(at('a.db'));
    file = join(place.folder, 'no', 'folder', 'backup.gz');
    await expect(backUp(at('a.db'))).rejects.toMatchObject({ code: 'SENTINEL_BACKUP_FAILED' });
    expect(existsSync(dirname(file))).toBe(false);
  });
});

describe('a store that holds something', () => {
  test('is replaced only when that is said, and kept then', async () => {
    const secret = await fill(at('a.db'));
    await backUp(at('a.db'));
    await expect(restore(at('a.db'))).rejects.toMatchObject({ message: expect.stringContaining('not empty') });
    const { replaced } = await restore(at('a.db'), true);
    expect(existsSync(replaced ?? '')).toBe(true);
    await expectFilled(at('a.db'), secret);
  });

  test.each([true, false])(
    'is left alone while it is in use, and that is what is said (--replace: %s)',
    async (mayReplace) => {
      const secret = await fill(at('a.db'));
      await backUp(at('a.db'));
      const store = await openStore(at('a.db'));
      await expect(restore(at('a.db'), mayReplace)).rejects.toMatchObject({
        message: expect.stringContaining('in use'),
      });
      await store.close();
      await expectFilled(at('a.db'), secret);
    },
  );
});

(postgresUrl === undefined ? describe.skip : describe)('from SQLite to a real PostgreSQL and back', () => {
  const url = postgresUrl ?? '';
  const clear = () => dropSchemas(url, schema);
  beforeEach(clear);
  afterEach(clear);

  async function carry(source: StoreDependencies, target: StoreDependencies, mayReplaceRows = false) {
    const opened = await openDatabase(source);
    try {
      const standing = await currentMigrations(opened);
      return await fillStore({ target, mayReplaceRows, standing, give: (take) => readTables(opened.db, take) });
    } finally {
      await opened.close();
    }
  }

  test('every row arrives, and comes back the same', async () => {
    const secret = await fill(at('a.db'));
    const there = await carry(at('a.db'), at('', url));
    await expectFilled(at('', url), secret);
    const back = await carry(at('', url), at('b.db'));
    expect(back.counts).toEqual(there.counts);
    await expectFilled(at('b.db'), secret);
  });

  test('a target with rows is refused, and replaced when that is said', async () => {
    const secret = await fill(at('', url));
    await fill(at('a.db'));
    await expect(carry(at('a.db'), at('', url))).rejects.toMatchObject({
      message: expect.stringContaining('not empty'),
    });
    await expectFilled(at('', url), secret);
    expect((await carry(at('a.db'), at('', url), true)).replaced).toMatch(
      new RegExp(`^schema ${schema}_old_\\d{8}t\\d{6}$`),
    );
  });

  test('a failure half-way leaves the target as it was', async () => {
    const secret = await fill(at('', url));
    await fill(at('a.db'));
    await backUp(at('a.db'));
    rewrite((lines) => lines.slice(0, -2));
    await expect(restore(at('', url), true)).rejects.toMatchObject({ code: 'SENTINEL_BACKUP_UNREADABLE' });
    await expectFilled(at('', url), secret);
  });
});
