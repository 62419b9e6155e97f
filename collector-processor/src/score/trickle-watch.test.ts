import { describe, expect, test } from '@jest/globals';
import { createRandom, type Random } from './testing/random.ts';
import { repeat } from './testing/traffic.ts';
import { createWorld, type World } from './testing/world.ts';

const HOUR_STEPS = 60;

/** A minute of a quiet service: 200 requests an hour. */
function minute(world: World, random: Random, failures = 0): void {
  const count = Math.max(failures, random.poisson(200 / 60));
  const spans = Array.from({ length: count }, (_unused, i) => ({
    ...{ name: 'GET /report', endMs: world.nowMs() + 1, durationMs: 10, failed: i < failures },
  }));
  if (count > 0) world.spans({ service: 'reports' }, spans);
  world.advance(60_000);
}

function quiet(): { readonly world: World; readonly random: Random } {
  const world = createWorld({ bucket: 60_000 });
  const random = createRandom(3);
  repeat(30 * HOUR_STEPS, () => minute(world, random));
  expect(world.opened()).toEqual([]);
  return { world, random };
}

describe('failures too seldom for a step', () => {
  test('one in two hundred requests an hour is told after some hours, where none failed before', () => {
    const { world, random } = quiet();
    repeat(12 * HOUR_STEPS, (i) => minute(world, random, i % HOUR_STEPS === 0 ? 1 : 0));
    const told = world.opened().filter(({ series }) => series.measure === 'error_trickle');
    expect(told.map(({ series }) => series.operation ?? 'all').sort()).toEqual(['GET /report', 'all']);
    expect(told[0]?.sentence).toMatch(/^Error rate over the last hours of .* rose to 0\.\d+ %; expected 0(\.0\d*)? %/);
    expect(world.opened().some(({ series }) => series.measure === 'error_ratio')).toBe(false);
  });

  test('two failures in a night are none', () => {
    const { world, random } = quiet();
    repeat(12 * HOUR_STEPS, (i) => minute(world, random, i % (6 * HOUR_STEPS) === 30 ? 1 : 0));
    expect(world.opened().map(({ sentence }) => sentence)).toEqual([]);
  });

  test('one burst is none', () => {
    const { world, random } = quiet();
    repeat(6 * HOUR_STEPS, (i) => minute(world, random, i < 4 ? 1 : 0));
    expect(world.opened().filter(({ series }) => series.measure === 'error_trickle')).toEqual([]);
  });

  test('as many as always are none', () => {
    const world = createWorld({ bucket: 60_000 });
    const random = createRandom(4);
    repeat(48 * HOUR_STEPS, () => minute(world, random, random.uniform() < 1 / 60 ? 1 : 0));
    expect(world.opened().filter(({ series }) => series.measure === 'error_trickle')).toEqual([]);
  });
});
