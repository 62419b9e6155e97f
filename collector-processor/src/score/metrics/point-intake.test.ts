import { describe, expect, test } from '@jest/globals';
import type { TestPoint } from '../testing/columns.ts';
import { createWorld, START_MS, type World } from '../testing/world.ts';

const shop = { service: 'checkout' };
const BUCKET = 10_000;

/** Sends what `points` gives for each bucket, in its middle, and closes everything. */
function send(
  buckets: number,
  points: (timeMs: number, bucket: number) => readonly TestPoint[],
  world = hourly(),
): World {
  for (let bucket = 0; bucket < buckets; bucket++) {
    world.points(shop, points(START_MS + bucket * BUCKET + BUCKET / 2, bucket));
    world.advance(BUCKET);
  }
  world.advance(2 * BUCKET);
  return world;
}

function hourly(): World {
  return createWorld({ bucket: BUCKET });
}

/** Last value of each series, by measure. */
function values(world: World): Record<string, number> {
  const all = [...world.engine.series.from(0)].filter(({ measure }) => measure !== 'silence');
  return Object.fromEntries(all.map(({ measure, lastValue }) => [measure, lastValue]));
}

describe('what a series is worth in a bucket', () => {
  test('a gauge: the mean of its points', () => {
    const world = send(1, (timeMs) => [
      { name: 'queue', kind: 'gauge', timeMs, value: 4 },
      { name: 'queue', kind: 'gauge', timeMs: timeMs + 1000, value: 8 },
    ]);
    expect(values(world)).toEqual({ value: 6 });
  });

  test('an up-down counter: as it is', () => {
    const world = send(2, (timeMs) => [{ name: 'open', kind: 'sum', upDown: true, timeMs, value: 7 }]);
    expect(values(world)).toEqual({ value: 7 });
  });

  test('a cumulative counter: its rate', () => {
    const world = send(3, (timeMs, bucket) => [
      { name: 'served', kind: 'sum', timeMs, startMs: 1, value: 50 * bucket },
    ]);
    expect(values(world)).toEqual({ rate: 5 });
  });

  test('a counter with two points in one long step: its rate, as if there were one', () => {
    const world = hourly();
    const at = (bucket: number, value: number): void => {
      world.advance(START_MS + bucket * BUCKET - world.nowMs());
      world.points(shop, [{ name: 'served', kind: 'sum', timeMs: world.nowMs() + 1, startMs: 1, value }]);
    };
    for (let minute = 0; minute < 40; minute++) at(6 * minute, 600 * minute);
    const rates = [240, 245, 251, 256, 262, 270].map((bucket) => {
      at(bucket, 100 * bucket);
      return values(world);
    });
    expect(rates).toEqual(rates.map(() => ({ rate: 10 })));
  });

  test('a delta counter: its rate', () => {
    const world = send(3, (timeMs) => [
      { name: 'served', kind: 'sum', delta: true, timeMs, startMs: timeMs - BUCKET, value: 30 },
    ]);
    expect(values(world)).toEqual({ rate: 3 });
  });

  test('a histogram: rate, mean and 95th percentile of what was added', () => {
    const world = send(3, (timeMs, bucket) => [
      {
        ...{ name: 'duration', kind: 'histogram' as const, timeMs, startMs: 1, bounds: [10, 20, 40] },
        ...{ count: 100 * bucket, sum: 1500 * bucket, buckets: [40 * bucket, 40 * bucket, 20 * bucket, 0] },
      },
    ]);
    expect(values(world)).toEqual({ rate: 10, mean: 15, p95: 35 });
  });

  test('an exponential histogram: the same', () => {
    const world = send(3, (timeMs, bucket) => [
      {
        ...{ name: 'duration', kind: 'exponential_histogram' as const, timeMs, startMs: 1, scale: 1, offset: 4 },
        ...{ count: 100 * bucket, sum: 700 * bucket, buckets: [90 * bucket, 10 * bucket], zeros: 0 },
      },
    ]);
    const { rate, mean, p95 } = values(world);
    expect([rate, mean]).toEqual([10, 7]);
    // The 95th percentile lies between 2^(5/2) and 2^(6/2).
    expect(p95).toBeGreaterThan(5.2);
    expect(p95).toBeLessThan(8.5);
  });

  test('a summary: rate, mean and the 95th percentile it states', () => {
    const world = send(3, (timeMs, bucket) => [
      {
        name: 'size',
        kind: 'summary',
        timeMs,
        startMs: 1,
        count: 20 * bucket,
        sum: 60 * bucket,
        bounds: [0.5, 2, 0.95, 9],
      },
    ]);
    expect(values(world)).toEqual({ rate: 2, mean: 3, p95: 9 });
  });
});

describe('instances of a service are one series', () => {
  test('counters add up, gauges are averaged', () => {
    const world = hourly();
    for (let bucket = 0; bucket < 4; bucket++) {
      const timeMs = START_MS + bucket * BUCKET + 5000;
      for (const [instance, factor] of [
        ['a', 1],
        ['b', 3],
      ] as const) {
        world.points({ service: 'checkout', instance }, [
          { name: 'served', kind: 'sum', timeMs, startMs: 1, value: factor * 50 * bucket },
          { name: 'heap', kind: 'gauge', timeMs, value: 100 * factor },
        ]);
      }
      world.advance(BUCKET);
    }
    world.advance(2 * BUCKET);
    expect(values(world)).toEqual({ rate: 20, value: 200 });
  });

  test('a rollout goes on with what was learned', () => {
    const world = send(3, (timeMs) => [{ name: 'heap', kind: 'gauge', timeMs, value: 1 }]);
    const before = world.engine.series.size;
    world.points({ service: 'checkout', instance: 'other', version: '2.0.0' }, [
      { name: 'heap', kind: 'gauge', timeMs: world.nowMs(), value: 1 },
    ]);
    expect(world.engine.series.size).toBe(before);
  });
});

describe('a metric that comes every 60 s', () => {
  test('is scored every 60 s and is not silent in between', () => {
    const world = hourly();
    for (let bucket = 0; bucket < 600; bucket++) {
      if (bucket % 6 === 3) {
        const timeMs = START_MS + bucket * BUCKET + 5000;
        world.points(shop, [{ name: 'served', kind: 'sum', timeMs, startMs: 1, value: 6 * bucket * BUCKET }]);
      }
      world.advance(BUCKET);
    }
    const rate = [...world.engine.series.from(0)].find(({ measure }) => measure === 'rate');
    expect([rate?.stepMs, rate?.lastValue]).toEqual([60_000, 6000]);
    expect(rate?.ensemble.ageOf(rate.at)).toBeGreaterThan(80);
    expect(world.opened()).toEqual([]);
  });

  test('is silent when three of its own steps are missing', () => {
    const world = hourly();
    for (let bucket = 0; bucket < 400; bucket++) {
      const timeMs = START_MS + bucket * BUCKET + 5000;
      if (bucket % 6 === 3) world.points(shop, [{ name: 'heap', kind: 'gauge', timeMs, value: bucket % 5 }]);
      world.advance(BUCKET);
    }
    const before = world.nowMs();
    world.advance(5 * 60_000);
    const [silent] = world.opened();
    expect(silent).toMatchObject({ series: { measure: 'silence', signal: 'metrics' } });
    expect((silent?.detectedAtMs ?? 0) - before).toBeLessThanOrEqual(270_000);
  });
});

describe('points that are left out are counted', () => {
  const gauge = (timeMs: number): TestPoint => ({ name: 'heap', kind: 'gauge', timeMs, value: 1 });

  test.each([
    ['repeated', [START_MS + 1, START_MS + 1]],
    ['repeated', [START_MS + 5, START_MS + 1]],
    ['future', [START_MS + 60_000]],
    ['late', [START_MS - 20_000]],
    ['backfill', [START_MS - 86_400_000]],
  ])('%s', (reason, times) => {
    const world = hourly();
    for (const timeMs of times) world.points(shop, [gauge(timeMs)]);
    expect(world.counter('sentinel_unscored_items_total', `reason="${reason}"`)).toBe(1);
  });

  test('a point from the future does not silence the stream', () => {
    const world = hourly();
    world.points(shop, [gauge(START_MS + 3_600_000)]);
    world.points(shop, [gauge(START_MS)]);
    world.advance(3 * BUCKET);
    expect(values(world)).toEqual({ value: 1 });
  });

  test('streams beyond their bound, and series beyond theirs', () => {
    const world = createWorld({ bucket: BUCKET, maxStreams: 3, maxSeries: 7 });
    const names = ['a', 'b', 'c', 'd', 'e'];
    world.points(
      shop,
      names.map((name) => ({ ...gauge(START_MS), name })),
    );
    expect(world.counter('sentinel_unscored_items_total', 'reason="streams_full"')).toBe(2);
    expect(world.engine.series.size).toBeLessThanOrEqual(7);
  });
});

test('a stream without a place among the series asks again when it turns odd', () => {
  const world = createWorld({ bucket: BUCKET, maxSeries: 6, idleAfter: 60_000 });
  const heap = (bucket: number, value: number): readonly TestPoint[] => [
    { name: 'heap', kind: 'gauge', timeMs: START_MS + bucket * BUCKET + 5000, value },
  ];
  // Five series of a service that then goes away fill the store.
  world.spans({ service: 'gone' }, [
    { name: 'x', kind: 3, endMs: START_MS, durationMs: 1, attributes: { 'peer.service': 'p' } },
  ]);
  for (let bucket = 0; bucket < 60; bucket++) {
    world.points(shop, heap(bucket, 10 + (bucket % 3)));
    world.advance(BUCKET);
  }
  const scored = (): boolean => [...world.engine.series.from(0)].some(({ series }) => series.metric === 'heap');
  expect(scored()).toBe(false);
  for (let bucket = 60; bucket < 64; bucket++) {
    world.points(shop, heap(bucket, 500));
    world.advance(BUCKET);
  }
  expect(scored()).toBe(true);
});

test('tenants do not share series', () => {
  const world = createWorld();
  for (const tenant of ['', 'a', 'b']) {
    world.points(shop, [{ name: 'heap', kind: 'gauge', timeMs: START_MS, value: 1 }], tenant);
  }
  const heaps = [...world.engine.series.from(0)].filter(({ series }) => series.metric === 'heap');
  expect(heaps.map(({ series }) => series.tenant)).toEqual(['', 'a', 'b']);
  expect(new Set(heaps.map(({ series }) => series.id)).size).toBe(3);
});

test('seconds of processor time are no counts: they are seen when they double', () => {
  const world = hourly();
  let used = 0;
  for (let bucket = 0; bucket < 90; bucket++) {
    used += (bucket < 80 ? 1 : 2) * (0.5 + 0.01 * (bucket % 3));
    const timeMs = START_MS + bucket * BUCKET + 5000;
    world.points(shop, [{ name: 'process.cpu.time', kind: 'sum', unit: 's', timeMs, startMs: 1, value: used }]);
    world.advance(BUCKET);
  }
  expect(world.opened()).toMatchObject([{ direction: 'up', series: { measure: 'rate', metric: 'process.cpu.time' } }]);
});
