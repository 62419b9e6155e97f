import { describe, expect, test } from '@jest/globals';
import { createRandom } from './testing/random.ts';
import { repeat, serve } from './testing/traffic.ts';
import { createWorld } from './testing/world.ts';

describe('a service that falls silent', () => {
  test('is one finding, not one for each of its series', () => {
    const world = createWorld();
    const random = createRandom(1);
    repeat(90, () => serve(world, random));
    world.advance(30_000);
    expect(world.opened().map(({ series }) => series.measure)).toEqual(['silence']);
    expect(world.opened()[0]).toMatchObject({ expected: 1e9, direction: 'up' });
  });

  test('is closed when it speaks again', () => {
    const world = createWorld();
    const random = createRandom(2);
    repeat(90, () => serve(world, random));
    world.advance(20_000);
    repeat(8, () => serve(world, random));
    expect(world.closed().map(({ series }) => series.measure)).toEqual(['silence']);
    expect(world.closed()[0]?.sentence).toMatch(/^No telemetry at all from checkout for (19|2\d) s\.$/);
  });

  test('is not told of one that often pauses', () => {
    const world = createWorld();
    const random = createRandom(3);
    repeat(400, () => serve(world, random, { perSecond: 0.4 }));
    expect(world.opened()).toEqual([]);
  });
});

test('an operation that nobody calls any more, of a service that lives, is a rate that fell', () => {
  const world = createWorld();
  const random = createRandom(4);
  const other = (): void => {
    const endMs = world.nowMs() + 1;
    const spans = Array.from({ length: random.poisson(15) }, () => ({ name: 'POST /order', endMs, durationMs: 9 }));
    world.spans({ service: 'checkout' }, spans);
  };
  repeat(90, () => {
    other();
    serve(world, random);
  });
  repeat(8, () => serve(world, random));
  const fell = world.opened().find(({ series }) => series.operation === 'POST /order');
  expect(fell).toMatchObject({ series: { measure: 'rate' }, direction: 'down', observed: 0 });
});

test('a subject that comes in while a bucket is being closed was not silent in it', () => {
  const world = createWorld();
  const random = createRandom(5);
  repeat(5, () => serve(world, random));
  world.setNow(world.nowMs() + 1000);
  const closing = world.engine.close();
  const endMs = world.nowMs();
  world.spans({ service: 'checkout' }, [{ name: 'late comer', endMs, durationMs: 1 }]);
  while (closing.next().done !== true);
  const comer = [...world.engine.series.from(0)].find(({ series }) => series.operation === 'late comer');
  expect(comer?.ensemble.ageOf(comer.at)).toBe(0);
});
