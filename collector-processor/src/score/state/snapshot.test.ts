import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { repeat, serve } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { SectionKind, snapshotHeader, snapshotSection } from './snapshot-format.ts';
import { restoreSnapshot, saveSnapshot } from './snapshot.ts';

function learned(changes: Parameters<typeof createWorld>[0] = {}): World {
  const world = createWorld(changes);
  const random = createRandom(1);
  repeat(80, () => serve(world, random));
  return world;
}

function fileOf(world: World): Buffer {
  return Buffer.concat([...saveSnapshot(world.engine.state, world.nowMs())]);
}

/** A world that starts when the other one ended. */
function successor(world: World, changes: Parameters<typeof createWorld>[0] = {}): World {
  return createWorld({ ...changes }, world.nowMs());
}

function scoresOf(world: World): unknown[] {
  const random = createRandom(2);
  world.scores.length = 0;
  repeat(20, () => serve(world, random, { latencyMs: 90 }));
  return world.scores.map(({ series, score, expected, lower, upper }) => [series.id, score, expected, lower, upper]);
}

describe('a snapshot', () => {
  test('restores series that go on as if nothing had been', () => {
    const before = learned();
    // What is still in open buckets is not in a snapshot.
    before.advance(2000);
    const file = fileOf(before);
    const after = successor(before);
    const outcome = restoreSnapshot(after.engine.state, file);
    expect(outcome).toMatchObject({ kind: 'restored', series: before.engine.series.size, leftOut: 0 });
    const [was, is] = [scoresOf(before), scoresOf(after)];
    expect(is.length).toBeGreaterThan(50);
    expect(is).toEqual(was);
  });

  test('keeps open findings under their id', () => {
    const before = learned();
    const random = createRandom(3);
    repeat(6, () => serve(before, random, { latencyMs: 200 }));
    const [open] = before.engine.findings.anomalies();
    expect(open).toBeDefined();
    const after = successor(before);
    restoreSnapshot(after.engine.state, fileOf(before));
    repeat(10, () => serve(after, random));
    expect(after.opened().map(({ id }) => id)).not.toContain(open?.id);
    expect(after.closed().map(({ id }) => id)).toContain(open?.id);
  });

  test('keeps which finding was the last on a series', () => {
    const before = learned();
    const random = createRandom(3);
    repeat(6, () => serve(before, random, { latencyMs: 200 }));
    repeat(200, () => serve(before, random));
    const known = before.engine.state.earlier.save();
    expect(known.map(([, { id }]) => id)).toContain(before.closed()[0]?.id);
    const after = successor(before);
    restoreSnapshot(after.engine.state, fileOf(before));
    expect(after.engine.state.earlier.save()).toEqual(known);
  });

  test('keeps versions, so that the next deploy is seen', () => {
    const before = learned();
    const after = successor(before);
    restoreSnapshot(after.engine.state, fileOf(before));
    after.spans({ service: 'checkout', version: '2.0.0' }, [{ name: 'x', endMs: after.nowMs(), durationMs: 1 }]);
    expect(after.changes).toMatchObject([{ from: '1.0.0', to: '2.0.0' }]);
  });

  test('of more series than there is room for restores what fits', () => {
    const before = learned();
    const after = successor(before, { maxSeries: 6 });
    expect(restoreSnapshot(after.engine.state, fileOf(before))).toMatchObject({
      kind: 'restored',
      series: 6,
      leftOut: 2,
    });
  });

  test('with another number of learning steps learns anew, and raises nothing meanwhile', () => {
    const before = learned();
    const after = successor(before, { learningSteps: 20 });
    expect(restoreSnapshot(after.engine.state, fileOf(before)).kind).toBe('restored');
    expect(after.engine.coverage.counts()).toMatchObject({ scored: 0 });
    const random = createRandom(4);
    repeat(60, () => serve(after, random));
    expect(after.opened()).toEqual([]);
    expect(after.engine.coverage.counts()).toMatchObject({ learning: 0 });
  });
});

describe('a snapshot that cannot be used leaves everything as it is and says why', () => {
  function refused(file: Uint8Array, changes: Parameters<typeof createWorld>[0] = {}): string {
    const world = createWorld(changes);
    const outcome = restoreSnapshot(world.engine.state, file);
    expect(world.engine.series.size).toBe(0);
    return outcome.kind === 'fresh' ? outcome.reason : outcome.kind;
  }

  test('any single damaged byte is noticed', () => {
    const file = fileOf(learned());
    const random = createRandom(5);
    for (let i = 0; i < 60; i++) {
      const damaged = Buffer.from(file);
      const at = Math.floor(random.uniform() * damaged.length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 + Math.floor(random.uniform() * 255));
      expect(refused(damaged)).toMatch(/damaged|cut off|no snapshot|version/);
    }
  });

  test('any cut is noticed', () => {
    const file = fileOf(learned());
    for (const share of [0, 0.001, 0.3, 0.9, 0.9999]) {
      expect(refused(file.subarray(0, Math.floor(share * file.length)))).toMatch(/cut off|no snapshot/);
    }
  });

  test('it is something else', () => {
    expect(refused(Buffer.from('just a text, but long enough'))).toBe('it is no snapshot');
    const empty = Buffer.concat([snapshotHeader(), snapshotSection(SectionKind.end, new Uint8Array(0))]);
    expect(refused(empty)).toBe('it does not say what it holds');
  });

  test('a newer release wrote it', () => {
    expect(refused(Buffer.concat([snapshotHeader(7), fileOf(learned()).subarray(10)]))).toMatch(/version 7/);
  });

  test('buckets were longer then', () => {
    expect(refused(fileOf(learned()), { bucket: 2000 })).toMatch(/1000 ms, and they are 2000 ms now/);
  });
});

test('sections of a later release are skipped', () => {
  const before = learned();
  const pieces = [...saveSnapshot(before.engine.state, 0)];
  pieces.splice(2, 0, snapshotSection(99, Buffer.from('later')));
  const after = successor(before);
  expect(restoreSnapshot(after.engine.state, Buffer.concat(pieces)).kind).toBe('restored');
});

test('names and lines that were kept under other masking patterns are masked by those in force', () => {
  const before = learned();
  repeat(6, () => serve(before, createRandom(3), { latencyMs: 200 }));
  const after = successor(before);
  restoreSnapshot({ ...after.engine.state, mask: (text) => text.replaceAll('GET', '[masked]') }, fileOf(before));
  const operations = [...after.engine.series.from(0)].map(({ series }) => series.operation ?? '');
  expect(operations.filter((name) => name.startsWith('[masked] /'))).not.toEqual([]);
  const shown = after.engine.findings
    .anomalies()
    .map(({ series, sentence }) => `${series.operation ?? ''} ${sentence}`);
  expect(shown).not.toEqual([]);
  expect([...operations, ...shown].filter((text) => text.includes('GET'))).toEqual([]);
});
