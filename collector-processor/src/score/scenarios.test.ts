import { describe, expect, test } from '@jest/globals';
import { createRandom } from './testing/random.ts';
import { repeat, serve } from './testing/traffic.ts';
import { createWorld, type World } from './testing/world.ts';

/** What the demo shop gives a detector: one-second buckets and three quarters of a minute of normal life. */
const LEARNED = 45;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Steps from the start of the fault to the first finding; NaN when there was none. */
function delayOf(world: World, faultAtMs: number): number {
  const first = world.events.find(({ kind }) => kind === 'opened')?.anomaly;
  return first === undefined ? NaN : (first.detectedAtMs - faultAtMs) / world.options.bucket;
}

/** Delay of the first finding for each seed, after a quiet start that must stay quiet. */
function delays(fault: (world: World, seed: number) => void): number[] {
  return SEEDS.map((seed) => {
    const world = createWorld();
    const random = createRandom(seed);
    repeat(LEARNED, () => serve(world, random));
    expect(world.opened()).toEqual([]);
    const faultAtMs = world.nowMs();
    fault(world, seed);
    return delayOf(world, faultAtMs);
  });
}

/** A bucket closes one bucket (lateness) after its end, so a fault seen in its second bucket is told after four. */
const CLOSING = 2;

describe('in one-second buckets, 45 seconds after the first span', () => {
  test('latency five times as high is found in two to three buckets', () => {
    const found = delays((world, seed) => {
      const random = createRandom(seed + 100);
      repeat(10, () => serve(world, random, { latencyMs: 150 }));
    });
    for (const delay of found) expect(delay).toBeLessThanOrEqual(3 + CLOSING);
  });

  test('errors of 30 % are found in two to three buckets', () => {
    const found = delays((world, seed) => {
      const random = createRandom(seed + 100);
      repeat(10, () => serve(world, random, { failing: 0.3 }));
    });
    for (const delay of found) expect(delay).toBeLessThanOrEqual(3 + CLOSING);
  });

  test('a service that falls silent is found when three of its steps are missing', () => {
    const found = delays((world) => world.advance(10_000));
    for (const delay of found) expect(delay).toBeLessThanOrEqual(3 + CLOSING);
  });
});

test('ten minutes of normal traffic in one-second buckets raise nothing', () => {
  for (const seed of SEEDS.slice(0, 4)) {
    const world = createWorld();
    const random = createRandom(seed);
    repeat(600, () => serve(world, random));
    expect(world.opened().map(({ sentence }) => sentence)).toEqual([]);
  }
});

test('low traffic is judged on enough events, and a few failures at night are no finding', () => {
  const world = createWorld({ bucket: 10_000 });
  const random = createRandom(5);
  repeat(400, (index) => serve(world, random, { perSecond: 0.1, failing: index % 97 === 0 ? 1 : 0 }));
  expect(world.opened().map(({ sentence }) => sentence)).toEqual([]);
});
