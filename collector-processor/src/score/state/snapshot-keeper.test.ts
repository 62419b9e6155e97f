import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { silentLogger } from '../../runtime/logger.ts';
import { createRandom } from '../testing/random.ts';
import { repeat, serve } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { createSnapshotKeeper } from './snapshot-keeper.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function keeperOf(world: World, path: string) {
  const warnings: string[] = [];
  const time = { steady: 0 };
  const keeper = createSnapshotKeeper({
    options: { path, interval: 60_000 },
    state: world.engine.state,
    clock: { nowMs: world.nowMs, monotonicMs: () => time.steady, sleep: () => Promise.resolve() },
    logger: { ...silentLogger, warn: (_fields, message) => warnings.push(message) },
    metrics: world.metrics,
  });
  return { keeper, warnings, time };
}

function learned(): World {
  const world = createWorld();
  const random = createRandom(1);
  repeat(40, () => serve(world, random));
  return world;
}

test('what one process saved the next one takes up', async () => {
  const path = join(folder, 'deep', 'learned.snapshot');
  const first = learned();
  await keeperOf(first, path).keeper.save();
  const second = createWorld();
  await keeperOf(second, path).keeper.restore();
  expect(second.engine.series.size).toBe(first.engine.series.size);
  expect(await readdir(join(folder, 'deep'))).toEqual(['learned.snapshot']);
});

test('only its owner can read it and what is made for it, whatever was there before', async () => {
  const path = join(folder, 'deep', 'learned.snapshot');
  const { keeper } = keeperOf(learned(), path);
  await keeper.save();
  for (const place of [path, join(folder, 'deep')]) expect((await stat(place)).mode & 0o077).toBe(0);
  for (const name of [path, `${path}.new`]) {
    await writeFile(name, 'of an earlier release');
    await chmod(name, 0o644);
  }
  await keeper.save();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('it is written when it is due, not before', async () => {
  const path = join(folder, 'learned.snapshot');
  const { keeper, time } = keeperOf(learned(), path);
  time.steady = 59_000;
  await keeper.saveIfDue();
  expect(await readdir(folder)).toEqual([]);
  time.steady = 61_000;
  await keeper.saveIfDue();
  expect(await readdir(folder)).toEqual(['learned.snapshot']);
});

test('a damaged file is left alone, told, and learning starts fresh', async () => {
  const path = join(folder, 'learned.snapshot');
  await writeFile(path, 'SNTLSNAP but then nothing of the kind');
  const world = createWorld();
  const { keeper, warnings } = keeperOf(world, path);
  await keeper.restore();
  expect(warnings).toEqual(['The snapshot of what was learned is not used; learning starts fresh.']);
  expect(world.counter('sentinel_snapshots_total', 'outcome="unusable"')).toBe(1);
  expect(await readFile(path, 'utf8')).toContain('nothing of the kind');
});

test('no file is no fault', async () => {
  const { keeper, warnings } = keeperOf(createWorld(), join(folder, 'none'));
  await keeper.restore();
  expect(warnings).toEqual([]);
});

test('a folder that cannot be written is told and counted, and nothing throws', async () => {
  const blocked = join(folder, 'file');
  await writeFile(blocked, '');
  const world = learned();
  const { keeper, warnings } = keeperOf(world, join(blocked, 'learned.snapshot'));
  await keeper.save();
  expect(warnings).toEqual(['What was learned could not be written.']);
  expect(world.counter('sentinel_snapshots_total', 'outcome="failed"')).toBe(1);
});

test('without a path nothing is kept', async () => {
  const { keeper } = keeperOf(learned(), '');
  await keeper.save();
  await keeper.restore();
  expect(await readdir(folder)).toEqual([]);
});
