import { expect, test } from '@jest/globals';
import { SpanKind } from '../../model/columns.ts';
import { order } from '../testing/call-tree.ts';
import { createRandom } from '../testing/random.ts';
import { createWorld } from '../testing/world.ts';

const place = { tenant: '', environment: '' };

test('a call whose both sides were seen leads to the service, whatever the caller calls it', () => {
  const world = createWorld();
  order(world, createRandom(1));
  expect([...world.engine.links.all()]).toEqual([{ ...place, from: 'shop', to: 'payment', remote: false }]);
});

test('what only its callers see is remote, under the name that they use', () => {
  const world = createWorld();
  const call = { name: 'SELECT', kind: SpanKind.client, durationMs: 3, attributes: { 'db.system.name': 'postgresql' } };
  world.spans({ service: 'shop' }, [
    { ...call, endMs: world.nowMs() + 1, spanId: 'a1'.padStart(16, '0'), parentSpanId: '0' },
  ]);
  world.advance(world.options.bucket);
  expect([...world.engine.links.all()]).toEqual([{ ...place, from: 'shop', to: 'postgresql', remote: true }]);
});

test('when there is no room the call that was not seen for the longest is forgotten', () => {
  const world = createWorld({ maxLinks: 1 });
  order(world, createRandom(1));
  order(world, createRandom(2));
  expect(world.engine.links.size).toBe(1);
});

test('calls, failures and times go over an edge, as the caller and as the callee saw them', () => {
  const world = createWorld();
  for (let seed = 1; seed <= 3; seed++) order(world, createRandom(seed));
  world.advance(60_000);
  const [edge] = world.engine.links.edges();
  expect(edge).toMatchObject({ from: 'shop', to: 'payment', remote: false, failed: 0 });
  const calls = edge?.calls ?? 0;
  expect(calls).toBeGreaterThan(0);
  const sum = (counts: ArrayLike<number> = []): number => Array.from(counts).reduce((all, one) => all + one, 0);
  expect([sum(edge?.client.counts), sum(edge?.server.counts)]).toEqual([calls, calls]);
  expect(edge?.client.sum).toBeGreaterThan(edge?.server.sum ?? Infinity);
});

test('the last whole minute has its rate, share of failures and latency', () => {
  const world = createWorld();
  const { calls } = world.engine.links;
  const subject = 7;
  for (let call = 0; call < 60; call++) calls.called(subject, 0.3e9, call < 6, 1);
  world.advance(60_000);
  const figures = calls.figuresOf(subject);
  expect(figures).toMatchObject({ rate: 1, errorRatio: 0.1 });
  expect(figures?.p95).toBeCloseTo(0.39, 2);
  world.advance(120_000);
  expect(calls.figuresOf(subject)).toMatchObject({ rate: 0, errorRatio: NaN, p95: NaN, calls: 60 });
});

test.each([
  ['in the trace of the sender', false],
  ['in a trace of its own that links to it', true],
])('who takes messages is what their broker needs, whichever side is seen first: %s', (_how, isLinked) => {
  for (const senderFirst of [true, false]) {
    const world = createWorld();
    const traceId = 'e'.padStart(32, '0');
    const sent = {
      traceId,
      name: 'send',
      kind: SpanKind.producer,
      durationMs: 2,
      attributes: { 'peer.service': 'queue' },
    };
    const [sender, taker] = [1, 2].map((id) => id.toString(16).padStart(16, 'a'));
    const way = isLinked
      ? { traceId: 'f'.padStart(32, '0'), link: { traceId, spanId: sender! } }
      : { traceId, parentSpanId: sender! };
    const taken = { name: 'process', kind: SpanKind.consumer, durationMs: 9, failed: true, ...way };
    const steps = [
      (): void => {
        world.spans({ service: 'shop' }, [{ ...sent, endMs: world.nowMs() + 1, spanId: sender!, parentSpanId: '0' }]);
      },
      (): void => {
        world.spans({ service: 'worker' }, [{ ...taken, endMs: world.nowMs() + 2, spanId: taker! }]);
      },
    ];
    for (const step of senderFirst ? steps : steps.reverse()) step();
    world.advance(world.options.bucket);
    expect([...world.engine.links.all()]).toEqual([
      { ...place, from: 'queue', to: 'worker', remote: false },
      { ...place, from: 'shop', to: 'queue', remote: true },
    ]);
    const delivered = [...world.engine.links.edges()].find(({ to }) => to === 'worker');
    expect(delivered).toMatchObject({ from: 'queue', calls: 1, failed: 1, remote: false });
    expect(delivered?.server.sum).toBeCloseTo(0.009);
  }
});
