import { describe, expect, test } from '@jest/globals';
import type { Measure } from '../../model/anomaly.ts';
import { order } from '../testing/call-tree.ts';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

/** Last value of a measure of a service, in milliseconds. */
function milliseconds(world: World, service: string, measure: Measure): number {
  const found = [...world.engine.series.from(0)].find(
    (one) => one.measure === measure && one.series.service === service,
  );
  return (found?.lastValue ?? NaN) / 1e6;
}

function told(world: World, since = 0): string[] {
  const opened = world.opened().slice(since);
  const ofTimes = opened.filter(({ series }) => ['self_time', 'network_time'].includes(series.measure));
  return [...new Set(ofTimes.map(({ series }) => `${series.measure} ${series.service}`))];
}

describe.each([false, true])(
  'spans of one trace that come in requests of their own, parents first: %s',
  (parentFirst) => {
    test('give the own time of an operation and the time on the way to the callee', () => {
      const world = createWorld();
      const random = createRandom(1);
      repeat(5, () => order(world, random, {}, { parentFirst }));
      world.advance(2000);
      expect(milliseconds(world, 'shop', 'self_time')).toBeCloseTo(10, -0.9);
      expect(milliseconds(world, 'payment', 'network_time')).toBeCloseTo(4, -0.6);
      expect(milliseconds(world, 'payment', 'self_time')).toBeNaN();
      expect(milliseconds(world, 'shop', 'network_time')).toBeNaN();
    });
  },
);

describe('after a quiet start, what is told of', () => {
  function learned(): World {
    const world = createWorld();
    const random = createRandom(2);
    repeat(60, () => order(world, random));
    expect(told(world)).toEqual([]);
    return world;
  }

  test('a slow way is the network time of the callee, and of nobody’s own time', () => {
    const world = learned();
    repeat(10, () => order(world, createRandom(3), { wayMs: 60 }));
    expect(told(world)).toEqual(['network_time payment']);
    const sentence = world.opened().find(({ series }) => series.measure === 'network_time')?.sentence;
    expect(sentence).toMatch(/^Network time in front of payment rose to \d+(\.\d+)? ms; expected /);
  });

  test('a slow shop is its own time', () => {
    const world = learned();
    repeat(10, () => order(world, createRandom(3), { shopMs: 80 }));
    expect(told(world)).toEqual(['self_time shop']);
    expect(world.opened().find(({ series }) => series.measure === 'self_time')?.sentence).toMatch(
      /^Own time of POST \/order in shop rose to /,
    );
  });

  test('a slow payment service is nobody else’s own time', () => {
    const world = learned();
    repeat(10, () => order(world, createRandom(3), { paymentMs: 300 }));
    expect(told(world)).toEqual([]);
    expect(world.opened().map(({ series }) => series.service)).toContain('payment');
  });
});

test('calls side by side count from the first start to the last end', () => {
  const world = createWorld({ minEvents: 1 });
  const endMs = world.nowMs() + 500;
  const root = { name: 'GET /all', endMs, durationMs: 100, traceId: '7', spanId: 'a1', parentSpanId: '0' };
  const call = { name: 'GET', kind: 3, durationMs: 60, traceId: '7', parentSpanId: 'a1' };
  world.spans({ service: 'shop' }, [
    { ...call, endMs: endMs - 5, spanId: 'b1' },
    { ...call, endMs: endMs - 10, spanId: 'b2' },
    root,
  ]);
  world.advance(3000);
  expect(milliseconds(world, 'shop', 'self_time')).toBeCloseTo(35, -0.5);
});

test('without room whole traces are left out, which is counted and said', () => {
  const world = createWorld({ maxPairedSpans: 1024 });
  const random = createRandom(4);
  order(world, random, {}, { count: 1000 });
  expect(world.counter('sentinel_spans_unpaired_total')).toBeGreaterThan(0);
  repeat(12, () => order(world, random, {}, { count: 1000 }));
  expect(world.counter('sentinel_span_pair_share')).toBeLessThan(1);
  expect(milliseconds(world, 'shop', 'self_time')).toBeCloseTo(10, -0.9);
  repeat(8, () => order(world, random, {}, { count: 20 }));
  expect(world.counter('sentinel_span_pair_share')).toBe(1);
});

test('spans that have their ids in common are no pair in another trace, nor of another tenant', () => {
  const world = createWorld();
  const call = { spanId: 'a1'.padStart(16, '0'), parentSpanId: 'b2'.padStart(16, '0'), traceId: '7'.padStart(32, '0') };
  const served = { spanId: 'c3'.padStart(16, '0'), parentSpanId: call.spanId };
  const at = { endMs: world.nowMs() + 1 };
  world.spans({ service: 'shop' }, [{ ...call, ...at, name: 'call', kind: 3, durationMs: 9 }], 'one');
  world.spans(
    { service: 'cart' },
    [{ ...served, ...at, name: 'a', kind: 2, durationMs: 1, traceId: call.traceId }],
    'two',
  );
  world.spans(
    { service: 'cart' },
    [{ ...served, ...at, name: 'a', kind: 2, durationMs: 1, traceId: '8'.padStart(32, '0') }],
    'one',
  );
  expect([...world.engine.links.all()].filter(({ remote }) => !remote)).toEqual([]);
  world.spans(
    { service: 'cart' },
    [{ ...served, ...at, name: 'a', kind: 2, durationMs: 1, traceId: call.traceId }],
    'one',
  );
  expect([...world.engine.links.all()].filter(({ remote }) => !remote)).toHaveLength(1);
});
