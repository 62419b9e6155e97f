import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { aChange, anAnnotation, anAnomaly, findingId } from '../testing/builders.ts';
import { createFolder } from '../testing/file-store.ts';
import { migrations } from './migrations.ts';

const releases = `${import.meta.dirname}/../testing/releases`;

const later: Migration = {
  up: async (db) => {
    await sql`alter table changes add column note text`.execute(db);
    await sql`insert into meta (name, value) values ('later', 'yes')`.execute(db);
  },
};

const failing: Migration = {
  up: async (db) => {
    await sql`create table half_done (id text)`.execute(db);
    await sql`this is no statement`.execute(db);
  },
};

let place: ReturnType<typeof createFolder>;
beforeEach(() => {
  place = createFolder();
});
afterEach(() => place.remove());

/** A store as a release wrote it. */
function writeRelease(name: string): void {
  mkdirSync(dirname(place.path), { recursive: true });
  const database = new DatabaseSync(place.path, { timeout: 5000 });
  database.exec(readFileSync(`${releases}/${name}.sql`, 'utf8'));
  database.close();
}

function query(path: string, statement: string): unknown {
  const database = new DatabaseSync(path);
  const rows = database.prepare(statement).all();
  database.close();
  return rows;
}

test('there is a recorded store of every released migration', () => {
  expect(readdirSync(releases).toSorted()).toEqual(Object.keys(migrations).map((name) => `${name}.sql`));
});

describe.each(Object.keys(migrations))('a store of release %s', (release) => {
  test('is read by this release', async () => {
    writeRelease(release);
    const store = await place.open();
    expect(store.instanceId).toBe('2f1c0d5e-0000-4000-8000-000000000001');
    expect(await store.anomalies.get(findingId(1))).toEqual(anAnomaly());
    const { items } = await store.anomalies.list({ filter: { signals: ['metrics'] }, sort: 'startMs', limit: 2 });
    expect(items.map(({ id, upper }) => [id, upper])).toEqual([[findingId(2), Number.NaN]]);
    expect((await store.changes.list({ filter: {}, limit: 2 })).items).toEqual([aChange()]);
    expect(await store.annotations.open(2)).toEqual([anAnnotation({ state: 'created', grafanaId: 7, dirty: false })]);
    expect(await store.tokens.authenticate('sntl_fixture')).toMatchObject({ name: 'grafana', role: 'operator' });
    await store.close();
  });

  test('is migrated by the next release, after a copy was made', async () => {
    writeRelease(release);
    const store = await place.open({}, { ...migrations, '9999-later': later });
    expect(await store.anomalies.get(findingId(1))).toEqual(anAnomaly());
    await store.close();
    expect(query(place.path, `select value from meta where name = 'later'`)).toHaveLength(1);
    const copy = `${place.path}.backup-${release}`;
    expect(query(copy, `select value from meta where name = 'later'`)).toHaveLength(0);
    expect(query(copy, 'select id from anomalies')).toHaveLength(2);
  });
});

test('a store that needs no migration is not copied', async () => {
  await (await place.open()).close();
  await (await place.open()).close();
  expect(readdirSync(dirname(place.path))).toEqual(['sentinel.db']);
});

test('a store of a newer release is refused and left as it is', async () => {
  await (await place.open({}, { ...migrations, '9999-later': later })).close();
  const before = readFileSync(place.path);
  await expect(place.open()).rejects.toMatchObject({
    code: 'SENTINEL_STORE_TOO_NEW',
    message: expect.stringContaining('9999-later'),
  });
  expect(readFileSync(place.path).equals(before)).toBe(true);
});

test('a migration that fails leaves the store as it was', async () => {
  await (await place.open()).close();
  await expect(place.open({}, { ...migrations, '9998-later': later, '9999-failing': failing })).rejects.toMatchObject({
    code: 'SENTINEL_STORE_FAILED',
    message: expect.stringContaining('could not be migrated'),
  });
  expect(query(place.path, `select value from meta where name = 'later'`)).toHaveLength(0);
  expect(query(place.path, `select name from sqlite_master where name = 'half_done'`)).toHaveLength(0);
  expect(statSync(`${place.path}.backup-${Object.keys(migrations).at(-1) ?? ''}`).mode & 0o777).toBe(0o600);
  await (await place.open()).close();
});
