import { describe, expect, test } from '@jest/globals';
import type { Anomaly } from '../../model/anomaly.ts';
import { restoreSnapshot, saveSnapshot } from '../state/snapshot.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

interface Slow {
  readonly instance: string;
  readonly times?: number;
  readonly failing?: number;
}

const names = ['pod-0', 'pod-1', 'pod-2', 'pod-3', 'pod-4', 'pod-5'];

/** One bucket of calls that each instance serves. */
function serve(world: World, random: Random, odd: readonly Slow[] = [], instances: readonly string[] = names): void {
  for (const instance of instances) {
    const { times = 1, failing = 0.01 } = odd.find((one) => one.instance === instance) ?? {};
    const spans = Array.from({ length: random.poisson(20) }, () => ({
      name: 'GET /cart',
      endMs: world.nowMs() + world.options.bucket * random.uniform(),
      durationMs: 30 * times * Math.exp(0.4 * random.normal()),
      failed: random.uniform() < failing,
      attributes: { 'http.route': '/cart' },
    }));
    world.spans({ service: 'checkout', instance }, spans);
  }
  world.advance(world.options.bucket);
}

function gauges(world: World, values: readonly (readonly [instance: string, value: number])[], kind = 'gauge'): void {
  for (const [instance, value] of values) {
    const point = { name: 'queue', kind: kind as 'gauge', timeMs: world.nowMs() + 1, value };
    world.points({ service: 'checkout', instance }, [point]);
  }
  world.advance(world.options.bucket);
}

const peersOf = (world: World): Anomaly[] => world.opened().filter(({ series }) => series.measure.startsWith('peer_'));

describe('one of six instances', () => {
  test('that answers three times as slowly is named, with the median and the band of its peers', () => {
    const world = createWorld();
    const random = createRandom(1);
    repeat(60, () => serve(world, random));
    repeat(6, () => serve(world, random, [{ instance: 'pod-3', times: 3 }]));
    const [found, ...others] = peersOf(world);
    expect(others).toEqual([]);
    expect(found?.series).toMatchObject({ measure: 'peer_outlier', attributes: { 'service.instance.id': 'pod-3' } });
    expect(found?.sentence).toMatch(
      /^One of 6 instances of checkout, pod-3, typically takes for a call \d+(\.\d+)? ms, [23](\.\d+)? times as much as its peers \(median \d+(\.\d+)? ms, usual \d+(\.\d+)? ms to \d+(\.\d+)? ms\)\.$/,
    );
    expect(found?.observed).toBeGreaterThan(2.4 * (found?.expected ?? NaN));
    expect(found?.lower).toBeLessThan(found?.expected ?? NaN);
    expect(found).toMatchObject({ direction: 'up', border: 'notice' });
    repeat(8, () => serve(world, random));
    expect(world.closed().map(({ id }) => id)).toContain(found?.id);
  });

  test('that fails its calls is named', () => {
    const world = createWorld();
    const random = createRandom(2);
    repeat(60, () => serve(world, random));
    repeat(6, () => serve(world, random, [{ instance: 'pod-1', failing: 0.5 }]));
    const shares = peersOf(world).filter(({ series }) => series.measure === 'peer_error_ratio');
    expect(shares.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('pod-1, fails calls at a rate of'),
    ]);
  });

  test('is not named for one slow step, nor when all of them are slow, nor when half of them are', () => {
    const world = createWorld();
    const random = createRandom(3);
    repeat(60, () => serve(world, random));
    serve(world, random, [{ instance: 'pod-3', times: 4 }]);
    repeat(10, () => serve(world, random));
    repeat(6, () =>
      serve(
        world,
        random,
        names.map((instance) => ({ instance, times: 3 })),
      ),
    );
    repeat(6, () =>
      serve(
        world,
        random,
        names.slice(3).map((instance) => ({ instance, times: 3 })),
      ),
    );
    expect(peersOf(world)).toEqual([]);
  });

  test('that was always slower is what is usual, also after a restart; a new one has to be like the others', () => {
    const world = createWorld();
    const random = createRandom(4);
    const leader = { instance: 'pod-0', times: 3 };
    repeat(60, () => serve(world, random, [leader]));
    const file = Buffer.concat([...saveSnapshot(world.engine.state, 0)]);
    const next = createWorld({}, world.nowMs());
    expect(restoreSnapshot(next.engine.state, file).kind).toBe('restored');
    repeat(60, () => serve(next, random, [leader]));
    expect([...peersOf(world), ...peersOf(next)]).toEqual([]);
    const canary = { instance: 'pod-6', times: 3 };
    repeat(60, () => serve(next, random, [leader, canary], [...names, 'pod-6']));
    expect(peersOf(next).map(({ series }) => series.attributes)).toEqual([{ 'service.instance.id': 'pod-6' }]);
  });

  test('is told again only after it was taken for the new normal and changed', () => {
    const world = createWorld({ newNormalAfter: 60_000 });
    const random = createRandom(5);
    repeat(60, () => serve(world, random));
    repeat(200, () => serve(world, random, [{ instance: 'pod-3', times: 3 }]));
    expect(peersOf(world)).toHaveLength(1);
    expect(world.closed().filter(({ series }) => series.measure === 'peer_outlier')).toHaveLength(1);
  });
});

test('further from its peers is never less odd', () => {
  const scores = [1.2, 1.5, 1.8, 2.2, 3, 5, 20].map((times) => {
    const world = createWorld();
    const random = createRandom(6);
    repeat(60, () => serve(world, random));
    repeat(6, () => serve(world, random, [{ instance: 'pod-3', times }]));
    return Math.max(0, ...peersOf(world).map(({ peakScore }) => peakScore));
  });
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  expect(scores[0]).toBe(0);
  expect(scores.at(-1)).toBeGreaterThan(1);
});

describe('gauges of instances', () => {
  test('small counts that differ by one or two are alike, and one that is far above is not', () => {
    const world = createWorld();
    const random = createRandom(7);
    repeat(200, () =>
      gauges(
        world,
        names.map((name) => [name, 1 + Math.round(random.uniform())]),
      ),
    );
    repeat(20, () =>
      gauges(
        world,
        names.map((name, i) => [name, i === 2 ? 4 : 1]),
      ),
    );
    expect(peersOf(world)).toEqual([]);
    repeat(8, () =>
      gauges(
        world,
        names.map((name, i) => [name, i === 2 ? 60 : 1]),
      ),
    );
    expect(peersOf(world).map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^One of 6 instances of checkout, pod-2, has a queue of 60, /),
    ]);
  });

  test('of three instances nobody is the odd one, and without an instance nobody is compared', () => {
    const world = createWorld();
    repeat(60, () =>
      gauges(
        world,
        names.slice(0, 3).map((name) => [name, 1]),
      ),
    );
    repeat(10, () =>
      gauges(
        world,
        names.slice(0, 3).map((name, i) => [name, i === 2 ? 60 : 1]),
      ),
    );
    expect(peersOf(world)).toEqual([]);
    expect(world.counter('sentinel_peers_compared')).toBe(0);
  });

  test('the one that was not started anew is not odd: the others went away', () => {
    const world = createWorld();
    const uptime = (i: number, since: number) => 1e5 + i * 10 - since + 0.5;
    repeat(80, (step) =>
      gauges(
        world,
        names.map((name) => [name, uptime(step, 0)]),
      ),
    );
    repeat(60, (step) =>
      gauges(
        world,
        names.map((name, i) => [name, i === 0 ? uptime(80 + step, 0) : 0.5 + step]),
      ),
    );
    expect(peersOf(world)).toEqual([]);
  });
});

test('what finds no room is counted, and goes with its instance', () => {
  const peers = { minimum: 4, ratio: 1.5, maxInstances: 5, maxCompared: 3 };
  const world = createWorld({ peers, idleAfter: 60_000 });
  repeat(5, () =>
    gauges(
      world,
      names.map((name) => [name, 1]),
    ),
  );
  expect(world.counter('sentinel_instances')).toBe(5);
  expect(world.counter('sentinel_peers_compared')).toBe(3);
  expect(world.counter('sentinel_instances_refused_total')).toBeGreaterThan(0);
  expect(world.counter('sentinel_peers_refused_total')).toBeGreaterThan(0);
  repeat(70, () => gauges(world, [['pod-0', 1]]));
  expect(world.counter('sentinel_instances')).toBe(1);
  expect(world.counter('sentinel_peers_compared')).toBeLessThanOrEqual(1);
});
