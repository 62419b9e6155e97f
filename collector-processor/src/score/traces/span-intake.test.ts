import { describe, expect, test } from '@jest/globals';
import { SpanKind } from '../../model/columns.ts';
import type { TestSpan } from '../testing/columns.ts';
import { createWorld, START_MS, type World } from '../testing/world.ts';

const shop = { service: 'checkout' };

function span(changes: Partial<TestSpan> = {}): TestSpan {
  return { name: 'work', endMs: START_MS + 500, durationMs: 20, ...changes };
}

function subjects(world: World): string[] {
  const rates = [...world.engine.series.from(0)].filter(({ measure }) => measure === 'rate');
  return rates.map(({ series }) => series.operation ?? (series.peer === undefined ? 'service' : `-> ${series.peer}`));
}

function sent(...spans: TestSpan[]): World {
  const world = createWorld({ minEvents: 1 });
  world.spans(shop, spans);
  world.advance(3000);
  return world;
}

describe('what a span counts for', () => {
  test.each([
    ['route', { attributes: { 'http.route': '/cart/{id}', 'http.request.method': 'GET' } }, 'GET /cart/{id}'],
    ['remote method', { attributes: { 'rpc.service': 'shop.Cart', 'rpc.method': 'Add' } }, 'shop.Cart/Add'],
    ['name', {}, 'work'],
  ])('a server span: its service and operation, by %s', (_by, changes, operation) => {
    expect(subjects(sent(span(changes)))).toEqual(['service', operation]);
  });

  test('a consumer span: its service and operation', () => {
    expect(subjects(sent(span({ kind: SpanKind.consumer, name: 'process orders' })))).toEqual([
      'service',
      'process orders',
    ]);
  });

  test.each([
    ['peer.service', { 'peer.service': 'payment', 'server.address': 'x' }, '-> payment'],
    [
      'database',
      { 'db.system.name': 'postgresql', 'db.namespace': 'orders', 'server.address': 'x' },
      '-> postgresql/orders',
    ],
    ['old database name', { 'db.system': 'redis' }, '-> redis'],
    ['destination', { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' }, '-> kafka/orders'],
    ['address', { 'server.address': 'api.example' }, '-> api.example'],
  ])('a client span: its edge, by %s', (_by, attributes, edge) => {
    expect(subjects(sent(span({ kind: SpanKind.client, attributes })))).toEqual([edge]);
  });

  test('a client span that names nobody, and an inner span: nothing but presence', () => {
    const world = sent(span({ kind: SpanKind.client }), span({ kind: SpanKind.internal }));
    expect(subjects(world)).toEqual([]);
    expect([...world.engine.series.from(0)].map(({ measure }) => measure)).toEqual(['silence']);
  });
});

describe('measures', () => {
  function measure(world: World, name: string): number | undefined {
    return [...world.engine.series.from(0)].find(({ measure: one }) => one === name)?.lastValue;
  }

  test('rate, error ratio and latency', () => {
    const world = createWorld({ minEvents: 1 });
    const spans = Array.from({ length: 20 }, (_unused, i) => span({ durationMs: 10 + i, failed: i < 5 }));
    world.spans(shop, spans);
    world.advance(2000);
    expect(measure(world, 'rate')).toBe(20);
    expect(measure(world, 'error_ratio')).toBe(0.25);
    expect((measure(world, 'p50') ?? 0) / 1e6).toBeCloseTo(19.5, -0.5);
    expect(measure(world, 'p99')).toBeGreaterThan(measure(world, 'p50') ?? Infinity);
  });

  test('spans count in the bucket of their end', () => {
    const world = createWorld({ minEvents: 1 });
    world.spans(shop, [span({ endMs: START_MS + 500, durationMs: 60_000 })]);
    world.advance(2000);
    expect(measure(world, 'rate')).toBe(1);
  });

  test('sampled spans stand for those that were not kept', () => {
    const world = createWorld({ minEvents: 1 });
    world.spans(shop, [span({ weight: 10 }), span({ weight: 10, failed: true }), span({ weight: 20 })]);
    world.advance(2000);
    expect([measure(world, 'rate'), measure(world, 'error_ratio')]).toEqual([40, 0.25]);
  });

  test('few spans wait for more before latency and errors are judged', () => {
    const world = createWorld({ minEvents: 10 });
    for (let bucket = 0; bucket < 5; bucket++) {
      const endMs = START_MS + bucket * 1000 + 1;
      world.spans(shop, [span({ endMs }), span({ endMs }), span({ endMs })]);
      world.advance(1000);
    }
    world.advance(1000);
    const latency = [...world.engine.series.from(0)].find(({ measure: one }) => one === 'p50');
    expect(latency?.ensemble.ageOf(latency.at)).toBe(1);
    expect(latency?.stepMs).toBe(4000);
  });
});

test('too many operations of a service are added up', () => {
  const world = createWorld({ maxOperations: 3, minEvents: 1 });
  world.spans(
    shop,
    Array.from({ length: 10 }, (_unused, i) => span({ name: `job ${i}` })),
  );
  expect(subjects(world)).toEqual(['service', 'job 0', 'job 1', 'job 2', '(other)']);
});

test('places that others gave up are not a reason for more of its operations', () => {
  const world = createWorld({ maxOperations: 3, minEvents: 1, maxSeries: 24, idleAfter: 5000 });
  let names = 0;
  const noise = () => Array.from({ length: 10 }, () => span({ name: `job ${names++}`, endMs: world.nowMs() + 1 }));
  for (let bucket = 0; bucket < 40; bucket++) {
    world.spans(shop, [...noise(), span({ name: 'job 0', endMs: world.nowMs() + 1 })]);
    if (bucket > 20) world.spans({ service: `once ${bucket}` }, [span({ endMs: world.nowMs() + 1 })]);
    world.advance(1000);
  }
  const held = [...world.engine.series.from(0)].filter(
    ({ measure, series }) => measure === 'rate' && series.service === 'checkout' && series.operation !== undefined,
  );
  expect(held.length).toBeLessThanOrEqual(4);
  expect(world.engine.coverage.counts().evicted).toBeGreaterThan(0);
});

test('too many peers of a service are added up, and said', () => {
  const world = createWorld({ maxOperations: 2, minEvents: 1 });
  const calls = Array.from({ length: 5 }, (_unused, i) =>
    span({ kind: SpanKind.client, attributes: { 'peer.service': `peer ${i}` } }),
  );
  world.spans(shop, calls);
  expect(subjects(world)).toEqual(['-> peer 0', '-> peer 1', '-> (other)']);
  expect(world.engine.coverage.limits()).toEqual(['checkout calls more than 2 peers; the rest is watched as one.']);
});

test('names that hold private data are masked', () => {
  expect(subjects(sent(span({ name: 'login ana@example.org' })))).toContain('login [email]');
});

test('the slowest and a failed trace of an odd bucket are shown', () => {
  const world = createWorld({ minEvents: 1 });
  for (let bucket = 0; bucket < 50; bucket++) {
    const endMs = world.nowMs() + 1;
    world.spans(
      shop,
      Array.from({ length: 10 }, (_unused, i) => span({ endMs, durationMs: 20 + i })),
    );
    world.advance(1000);
  }
  for (let bucket = 0; bucket < 3; bucket++) {
    const endMs = world.nowMs() + 1;
    const normal = Array.from({ length: 10 }, () => span({ endMs, durationMs: 200 }));
    world.spans(shop, [...normal, span({ endMs, durationMs: 900, traceId: 'abc' })]);
    world.advance(1000);
  }
  world.advance(2000);
  const slow = world.opened().find(({ series }) => series.measure === 'p50');
  expect(slow?.exampleTraceIds).toEqual(['abc'.padStart(32, '0')]);
});
