import { expect, test } from '@jest/globals';
import { createWorld, START_MS } from '../testing/world.ts';

const BUCKET = 10_000;

test.each(['histogram', 'exponential_histogram', 'summary'] as const)(
  'a %s that is seen for the first time sets a base: the next point adds observations and their sum',
  (kind) => {
    const world = createWorld({ bucket: BUCKET });
    for (let bucket = 0; bucket < 2; bucket++) {
      const counts = { buckets: [2000, 2000 + 90 * bucket, 1000 + 10 * bucket], zeros: 0 };
      const shape = kind === 'histogram' ? { ...counts, bounds: [10, 20] } : { ...counts, scale: 1, offset: 4 };
      const point = {
        ...{ name: 'duration', kind, timeMs: START_MS + bucket * BUCKET + 5000, startMs: 1 },
        ...{ count: 5000 + 100 * bucket, sum: 70_000 + 1500 * bucket },
      };
      world.points({ service: 'checkout' }, [kind === 'summary' ? point : { ...point, ...shape }]);
      world.advance(BUCKET);
    }
    world.advance(2 * BUCKET);
    const all = [...world.engine.series.from(0)].map(({ measure, lastValue }) => [measure, lastValue] as const);
    const { rate, mean, p95 } = Object.fromEntries(all) as Record<string, number>;
    expect([rate, mean]).toEqual([10, 15]);
    // All of what was added, and nothing of what was there before.
    if (kind === 'histogram') expect(p95).toBe(20);
  },
);

test('a point that comes too late is left out whole: observations and their sum still agree in the next one', () => {
  const world = createWorld({ bucket: BUCKET });
  const send = (number: number): void =>
    world.points({ service: 'checkout' }, [
      {
        ...{ name: 'duration', kind: 'histogram', timeMs: START_MS + number * BUCKET + 5000, startMs: 1 },
        ...{ count: 100 * number, sum: 1500 * number, bounds: [10, 20], buckets: [0, 100 * number, 0] },
      },
    ]);
  for (let bucket = 0; bucket < 11; bucket++) {
    if (bucket < 6) send(bucket);
    if (bucket === 9) send(6);
    if (bucket === 10) send(10);
    world.advance(BUCKET);
  }
  world.advance(2 * BUCKET);
  const means = [...world.engine.series.from(0)].filter(({ measure }) => measure === 'mean');
  expect(means.map(({ lastValue }) => lastValue)).toEqual([15]);
  expect(world.counter('sentinel_unscored_items_total', 'reason="late"')).toBe(1);
});
