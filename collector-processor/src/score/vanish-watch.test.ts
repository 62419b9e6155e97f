import { describe, expect, test } from '@jest/globals';
import { createRandom } from './testing/random.ts';
import { repeat } from './testing/traffic.ts';
import { createWorld, type World } from './testing/world.ts';
import { VanishWatch } from './vanish-watch.ts';

const shop = { service: 'checkout' };

function log(world: World, bodies: readonly string[], severity = 9): void {
  world.logs(
    shop,
    bodies.map((body) => ({ timeMs: world.nowMs() + 1, body, severity })),
  );
}

function vanished(world: World): string[] {
  const told = world.opened().filter(({ series }) => series.measure === 'vanished');
  return told.map(({ sentence }) => sentence);
}

/** One bucket of requests, each of which gives two lines, and a heartbeat by the clock. */
function live(
  world: World,
  random: ReturnType<typeof createRandom>,
  index: number,
  perSecond = 4,
  confirms = true,
): void {
  for (let i = random.poisson(perSecond); i > 0; i--)
    log(world, ['order received', ...(confirms ? ['order confirmed'] : [])]);
  if (index % 20 === 0) log(world, ['heartbeat sent']);
  log(world, ['tick']);
  world.advance(1000);
}

describe('a line that always came and stops', () => {
  test('is told, with the longest pause there was', () => {
    const world = createWorld();
    const random = createRandom(1);
    repeat(700, (i) => live(world, random, i));
    expect(vanished(world)).toEqual([]);
    repeat(60, (i) => live(world, random, i, 4, false));
    expect(vanished(world)).toEqual([
      expect.stringMatching(
        /^No lines like "order confirmed" from checkout any more: a pause of .* longest so far was \d/,
      ),
    ]);
  });

  test('and never comes back is told once', () => {
    const world = createWorld({ newNormalAfter: 60_000 });
    const random = createRandom(1);
    repeat(700, (i) => live(world, random, i));
    repeat(400, (i) => live(world, random, i, 4, false));
    const [pause] = world.opened().filter(({ series }) => series.measure === 'vanished');
    expect([pause?.lower, pause?.upper === pause?.expected, (pause?.effectSize ?? 0) > 1]).toEqual([0, true, true]);
    expect(vanished(world)).toHaveLength(1);
    expect(world.closed().map(({ series }) => series.measure)).toEqual(['vanished']);
  });

  test('is over when it comes again', () => {
    const world = createWorld();
    const random = createRandom(1);
    repeat(700, (i) => live(world, random, i));
    repeat(60, (i) => live(world, random, i, 4, false));
    repeat(6, (i) => live(world, random, i));
    expect(world.closed().map(({ series }) => series.measure)).toContain('vanished');
  });

  test('is no news at night, when all lines come seldom', () => {
    const world = createWorld();
    const random = createRandom(2);
    repeat(3, () => {
      repeat(600, (i) => live(world, random, i, 6));
      repeat(600, (i) => live(world, random, i, 0.05));
    });
    expect(vanished(world)).toEqual([]);
  });

  test('is no news of a job that ends, and of warnings', () => {
    const world = createWorld();
    repeat(200, () => {
      log(world, ['tick', 'copied a file']);
      world.advance(1000);
    });
    repeat(300, () => {
      log(world, ['tick']);
      log(world, ['disk is nearly full'], 13);
      world.advance(1000);
    });
    repeat(200, () => {
      log(world, ['tick']);
      world.advance(1000);
    });
    expect(vanished(world)).toEqual([]);
  });
});

test('a pause is compared with the longest one, in steps and in items, whichever is shorter', () => {
  const watch = new VanishWatch(1, 10);
  repeat(40, () => {
    watch.seen(0, 5);
    watch.missed(0, 5);
  });
  const quiet = watch.missed(0, 0);
  repeat(20, () => watch.missed(0, 0));
  const atNight = watch.missed(0, 0);
  repeat(20, () => watch.missed(0, 5));
  const gone = watch.missed(0, 5);
  expect(quiet?.longest).toBe(2);
  expect(atNight?.surprise).toBe(quiet?.surprise);
  expect(gone?.surprise).toBeGreaterThan(5);
});

describe('a pause that was told', () => {
  const always = (watch: VanishWatch): void => repeat(400, () => watch.seen(0, 5));
  const gone = (watch: VanishWatch, steps: number): number => {
    let surprise = 0;
    repeat(steps, () => (surprise = watch.missed(0, 5)?.surprise ?? 0));
    return surprise;
  };

  test('is news again the next time, and usual when it happens for the third', () => {
    const watch = new VanishWatch(1, 10);
    const surprises = [0, 1, 2, 3].map(() => {
      always(watch);
      const surprise = gone(watch, 60);
      watch.seen(0, 5, surprise > 2);
      return surprise;
    });
    expect(surprises[1]).toBeGreaterThan(10);
    expect(surprises[3]).toBeLessThan(2);
  });

  test('and was taken for the end says nothing of how long pauses are', () => {
    const watch = new VanishWatch(1, 10);
    always(watch);
    gone(watch, 60);
    watch.forget(0);
    gone(watch, 60);
    always(watch);
    expect(gone(watch, 10)).toBeGreaterThan(5);
  });
});
