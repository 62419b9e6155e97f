import { describe, expect, test } from '@jest/globals';
import { createRandom } from './testing/random.ts';
import { repeat, serve } from './testing/traffic.ts';
import { createWorld, type World } from './testing/world.ts';

function gauges(world: World, value: () => number): void {
  const timeMs = world.nowMs() + 1;
  world.points({ service: 'checkout' }, [{ name: 'heap', kind: 'gauge', timeMs, value: value() }]);
}

describe('what is published', () => {
  test('RED measures always, others only when they are odd', () => {
    const world = createWorld();
    const random = createRandom(1);
    repeat(60, () => {
      gauges(world, () => 50 + random.normal());
      serve(world, random);
    });
    const measures = new Set(world.scores.map(({ series }) => series.measure));
    expect([...measures].sort()).toEqual(['error_ratio', 'p50', 'p95', 'p99', 'rate']);
    world.scores.length = 0;
    repeat(6, () => {
      gauges(world, () => 90);
      serve(world, random);
    });
    const odd = world.scores.filter(({ series }) => series.metric === 'heap');
    expect(odd[0]).toMatchObject({ value: 90, stepMs: 1000 });
    expect(odd[0]?.expected).toBeCloseTo(50, -0.5);
    for (const { score } of odd) expect(score).toBeGreaterThanOrEqual(0.5);
  });

  test('nothing of a series that still learns', () => {
    const world = createWorld();
    const random = createRandom(1);
    repeat(20, () => serve(world, random));
    expect(world.scores).toEqual([]);
  });

  test('no more than the cap in a bucket, and the rest is counted', () => {
    const world = createWorld({ maxPublishedSeries: 5 });
    const random = createRandom(1);
    repeat(60, () => serve(world, random));
    const perBucket = Map.groupBy(world.scores, ({ timeMs }) => timeMs);
    for (const scores of perBucket.values()) expect(scores.length).toBeLessThanOrEqual(5);
    expect(world.counter('sentinel_scores_unpublished_total')).toBeGreaterThan(0);
  });

  test('scores of sampled spans say so', () => {
    const world = createWorld();
    const spans = (): void => {
      const endMs = world.nowMs() + 1;
      const kept = Array.from({ length: 12 }, (_unused, i) => ({ name: 'x', endMs, durationMs: 10 + i, weight: 4 }));
      world.spans({ service: 'checkout' }, kept);
      world.advance(1000);
    };
    repeat(40, spans);
    const rates = world.scores.filter(({ series }) => series.measure === 'rate');
    expect(rates.at(-1)).toMatchObject({ sampled: true, value: 48 });
  });

  test('a band around what is expected, for RED measures of every kind', () => {
    const world = createWorld();
    const random = createRandom(2);
    repeat(60, () => serve(world, random));
    for (const { lower, expected, upper, series } of world.scores) {
      expect([series.measure, lower <= expected, expected <= upper]).toEqual([series.measure, true, true]);
    }
  });
});
