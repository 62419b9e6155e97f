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

/** Requests of two kinds that share their first line; some lines of each come now and then. */
function twoKinds(world: World, random: Random, mixed = 0): void {
  const sorts = ['paid', 'refused'].map((sort) => ['held', 'sent', 'noted', 'closed'].map((what) => `${sort} ${what}`));
  const records = Array.from({ length: 24 }, (_unused, i) => {
    const traceId = (++traces).toString(16);
    const [own = [], other = []] = i % 2 === 0 ? sorts : sorts.toReversed();
    const lines = i < mixed ? [...own.slice(0, 2), ...other.slice(2)] : own;
    const kept = lines.filter(() => random.uniform() < 0.7);
    return ['begun', ...kept].map((body) => ({ timeMs: world.nowMs() + 1, body, traceId }));
  }).flat();
  world.logs(shop, records);
  world.advance(1000);
}

describe('two kinds of lines that often come, and never came in one request', () => {
  function learnedTwo(): { readonly world: World; readonly random: Random } {
    const world = createWorld();
    const random = createRandom(11);
    repeat(420, () => twoKinds(world, random));
    return { world, random };
  }

  test('are told when they come together in several, and counted', () => {
    const { world, random } = learnedTwo();
    expect(told(world)).toEqual([]);
    expect(world.counter('sentinel_traces_with_unseen_pairs_total')).toBe(0);
    repeat(10, () => twoKinds(world, random, 6));
    expect(told(world)).toHaveLength(1);
    expect(world.counter('sentinel_traces_with_unseen_pairs_total')).toBeGreaterThan(20);
  });

  test('are usual when they come together from the start', () => {
    const world = createWorld();
    const random = createRandom(12);
    repeat(430, () => twoKinds(world, random, 6));
    expect(told(world)).toEqual([]);
    expect(world.counter('sentinel_traces_with_unseen_pairs_total')).toBe(0);
  });
});

test('with more traces than there is room for a sample is watched, which is counted', () => {
  const world = createWorld({ maxWatchedTraces: 64 });
  const random = createRandom(9);
  repeat(12, () => orders(world, random, { count: 300 }));
  expect(world.counter('sentinel_traces_unwatched_total')).toBeGreaterThan(0);
  expect(world.counter('sentinel_watched_trace_share')).toBeLessThan(0.5);
});
