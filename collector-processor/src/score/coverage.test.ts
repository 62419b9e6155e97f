import { describe, expect, test } from '@jest/globals';
import type { CoverageEntry } from '../model/coverage.ts';
import { createRandom } from './testing/random.ts';
import { repeat, serve } from './testing/traffic.ts';
import { createWorld, START_MS, type World } from './testing/world.ts';

function entries(world: World): CoverageEntry[] {
  return [...world.engine.coverage.entries(0)].map(({ item }) => item);
}

function gauge(world: World, name: string, value: number, startMs?: number): void {
  const point = { name, kind: 'gauge' as const, timeMs: world.nowMs() + 1, value };
  world.points({ service: 'checkout' }, [startMs === undefined ? point : { ...point, kind: 'sum', startMs }]);
}

describe('why a series is not scored', () => {
  test('it learns, and says when it is ready', () => {
    const world = createWorld();
    repeat(10, () => serve(world, createRandom(1)));
    const rate = entries(world).find(({ title }) => title === 'Request rate of checkout');
    expect(rate).toMatchObject({ state: 'learning', why: 'It needs 21 more steps with data.' });
    expect(rate?.readyAtMs).toBe(world.nowMs() + 21_000);
    expect(world.engine.coverage.counts()).toMatchObject({ scored: 0, unsuitable: 0 });
  });

  test('it knows no day yet, and says when it will', () => {
    const world = createWorld();
    gauge(world, 'load', 7);
    world.advance(3000);
    const load = entries(world).find(({ title }) => title.startsWith('load'));
    const day = { periodMs: 86_400_000, state: 'learning', knownAtMs: world.nowMs() + 2 * 86_400_000 };
    expect(load?.learning?.seasons).toEqual([day]);
  });

  test('it never changes', () => {
    const world = createWorld();
    repeat(40, () => {
      gauge(world, 'limit', 7);
      world.advance(1000);
    });
    expect(entries(world).find(({ title }) => title.startsWith('limit'))).toMatchObject({ state: 'unsuitable' });
    gauge(world, 'limit', 8);
    world.advance(3000);
    expect(entries(world).find(({ title }) => title.startsWith('limit'))).toMatchObject({ state: 'scored' });
  });

  test('several writers send it', () => {
    const world = createWorld();
    repeat(40, (index) => {
      gauge(world, 'served', index % 2 === 0 ? 10 * index : 5, START_MS - (index % 2 === 0 ? 9000 : 90_000));
      world.advance(1000);
    });
    const served = entries(world).find(({ title }) => title.startsWith('Rate of served'));
    expect(served).toMatchObject({ state: 'unsuitable' });
    expect(served?.why).toContain('Several writers');
    expect(world.opened()).toEqual([]);
  });

  test('it was idle and gave its place away', () => {
    const world = createWorld({ maxSeries: 3, idleAfter: 5000 });
    gauge(world, 'first', 1);
    gauge(world, 'second', 1);
    repeat(20, () => {
      gauge(world, 'second', 1);
      world.advance(1000);
    });
    gauge(world, 'third', 1);
    const [evicted] = entries(world).filter(({ state }) => state === 'evicted');
    expect(evicted).toMatchObject({ title: 'first of checkout', service: 'checkout' });
    expect(world.engine.coverage.counts().evicted).toBe(1);
  });
});

test('lists go on from a place', () => {
  const world = createWorld();
  repeat(3, () => serve(world, createRandom(1)));
  const all = [...world.engine.coverage.entries(0)];
  const [, , third] = all;
  expect([...world.engine.coverage.entries(third?.place ?? 0)]).toEqual(all.slice(2));
  const listing = [...world.engine.coverage.listings(0)];
  expect(listing).toHaveLength(all.length);
  expect(listing.find(({ item }) => item.series.measure === 'rate')?.item.last?.value).toBeGreaterThan(0);
});

test('what is watched lightly is counted and said, and why others are unsuitable is told apart', () => {
  const world = createWorld({ maxSeries: 2 });
  repeat(40, (index) => {
    gauge(world, 'limit', 7);
    gauge(world, 'second', index);
    gauge(world, 'third', index % 3);
    world.advance(1000);
  });
  const { coverage } = world.engine;
  expect(coverage.counts()).toMatchObject({ light: 2, unsuitable: 1 });
  expect(coverage.limits()).toEqual([expect.stringContaining('2 metric streams found all places taken')]);
  expect(coverage.unsuitable()).toMatchObject({ constant: 1, several_writers: 0 });
  expect(world.counter('sentinel_series', 'state="light"')).toBe(2);
  expect(world.counter('sentinel_series_unsuitable', 'reason="constant"')).toBe(1);
});

describe('the tier', () => {
  function withLight(): World {
    const world = createWorld({ maxSeries: 2 });
    repeat(40, (index) => {
      gauge(world, 'limit', 7);
      for (const host of ['a', 'b']) {
        const point = { name: 'queue', kind: 'gauge' as const, timeMs: world.nowMs() + 1, value: index % 5 };
        world.points({ service: 'checkout', instance: host }, [point]);
      }
      world.advance(1000);
    });
    return world;
  }

  test('is full for what has a place, and light for the streams of a metric that found none', () => {
    const world = withLight();
    const tiers = entries(world).map(({ title, tier, state, streams }) => [title, tier, state, streams]);
    expect(tiers).toContainEqual(['limit of checkout', 'full', 'unsuitable', undefined]);
    expect(tiers).toContainEqual(['queue of checkout', 'light', 'scored', 2]);
    const light = entries(world).find(({ tier }) => tier === 'light');
    expect(light?.why).toContain('2 streams are watched by mean and spread only: all places are taken');
    expect(light?.seriesId).toMatch(/^[0-9a-f]{16}$/);
  });

  test('light is learning at first, and silent when nothing comes any more', () => {
    const world = createWorld({ maxSeries: 2 });
    const lightOf = () => entries(world).find(({ tier }) => tier === 'light');
    const send = (times: number) =>
      repeat(times, (index) => {
        gauge(world, 'limit', 7);
        gauge(world, 'queue', index % 5);
        world.advance(1000);
      });
    send(10);
    expect(lightOf()).toMatchObject({ state: 'learning' });
    send(30);
    expect(lightOf()).toMatchObject({ state: 'scored' });
    world.advance(30_000);
    expect(lightOf()).toMatchObject({ state: 'silent', why: 'No data come any more.' });
  });

  test('names of light metrics are bounded: further ones are told as one', () => {
    const world = createWorld({ maxSeries: 2, maxStreams: 2000 });
    repeat(3, () => {
      for (let at = 0; at < 1010; at++) gauge(world, `m${at}`, at);
      world.advance(1000);
    });
    const light = entries(world).filter(({ tier }) => tier === 'light');
    expect(light).toHaveLength(1001);
    expect(light.reduce((sum, { streams = 0 }) => sum + streams, 0)).toBe(world.engine.coverage.counts().light);
    expect(light[0]).toMatchObject({ title: 'Further metrics', service: '' });
  });
});

test('what found no place at all is told by service, with the setting', () => {
  const world = createWorld({ maxSeries: 2, maxStreams: 1 });
  gauge(world, 'first', 1);
  gauge(world, 'second', 1);
  serve(world, createRandom(1));
  const none = entries(world).filter(({ why }) => why.startsWith('They are not watched'));
  expect(none.map(({ title, why, tier }) => [title, tier, why.replace(/.*: /, '')])).toEqual([
    ['Further metric streams of checkout', undefined, 'all 1 places were taken when they came (score.max_streams).'],
    ['Further traces of checkout', undefined, 'all 2 places were taken when they came (score.max_series).'],
  ]);
  expect(none.every(({ seriesId }) => /^[0-9a-f]{16}$/.test(seriesId))).toBe(true);
  expect(world.counter('sentinel_series_unsuitable', 'reason="no_place"')).toBe(2);
});

test('how long learning still takes is a metric', () => {
  const world = createWorld();
  repeat(10, () => serve(world, createRandom(1)));
  const { learnedAtMs = 0 } = world.engine.coverage.counts();
  expect(learnedAtMs).toBeGreaterThan(world.nowMs());
  expect(world.counter('sentinel_learning_left_seconds')).toBe((learnedAtMs - world.nowMs()) / 1000);
});
