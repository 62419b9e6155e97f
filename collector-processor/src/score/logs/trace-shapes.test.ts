import { describe, expect, test } from '@jest/globals';
import { createRandom, type Random } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

const shop = { service: 'checkout' };
const usual = ['cart read', 'stock held', 'card charged', 'order written', 'mail queued'];
let traces = 0;

/** One bucket of orders; each leaves the lines of an order, some look twice for stock. */
function orders(world: World, random: Random, { count = 20, odd = 0, lines = usual.slice(0, 2) } = {}): void {
  const records = Array.from({ length: count }, (_unused, i) => {
    const traceId = (++traces).toString(16);
    const again = random.uniform() < 0.3 ? ['stock held'] : [];
    const bodies = i < odd ? lines : [...usual, ...again];
    return bodies.map((body) => ({ timeMs: world.nowMs() + 1, body, traceId }));
  }).flat();
  world.logs(shop, records);
  world.advance(1000);
}

function told(world: World): string[] {
  const found = world.opened().filter(({ series }) => series.measure === 'odd_trace_share');
  return found.map(({ sentence }) => sentence);
}

function learned(): { readonly world: World; readonly random: Random } {
  const world = createWorld();
  const random = createRandom(7);
  repeat(420, () => orders(world, random));
  expect(told(world)).toEqual([]);
  return { world, random };
}

describe('requests whose lines are unlike those of all others', () => {
  test('are told when there are enough of them, with examples, though no line is new and none is missing', () => {
    const { world, random } = learned();
    repeat(10, () => orders(world, random, { count: 23, odd: 3 }));
    expect(told(world)).toEqual([
      expect.stringMatching(/^Share of requests with unusual lines of checkout rose to \d+(\.\d)? %; expected 0/),
    ]);
    const finding = world.opened().find(({ series }) => series.measure === 'odd_trace_share');
    expect(finding?.exampleTraceIds).toHaveLength(1);
  });

  test('are no news when there is one', () => {
    const { world, random } = learned();
    orders(world, random, { odd: 1 });
    repeat(10, () => orders(world, random));
    expect(told(world)).toEqual([]);
  });

  test('are usual when they are seen from the start', () => {
    const world = createWorld();
    const random = createRandom(8);
    repeat(500, () => orders(world, random, { odd: 2 }));
    expect(told(world)).toEqual([]);
  });
});

test('with more traces than there is room for a sample is watched, which is counted', () => {
  const world = createWorld({ maxWatchedTraces: 64 });
  const random = createRandom(9);
  repeat(12, () => orders(world, random, { count: 300 }));
  expect(world.counter('sentinel_traces_unwatched_total')).toBeGreaterThan(0);
  expect(world.counter('sentinel_watched_trace_share')).toBeLessThan(0.5);
});
