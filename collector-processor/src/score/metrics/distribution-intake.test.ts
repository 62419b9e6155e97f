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
