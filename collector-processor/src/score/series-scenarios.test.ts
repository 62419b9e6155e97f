import { describe, expect, test } from '@jest/globals';
import { createRandom, type Random } from './testing/random.ts';
import { createSeriesRunner, type SeriesRunner } from './testing/series-runner.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
const DAY = 8640;

function run(runner: SeriesRunner, steps: number, value: (step: number) => number): void {
  for (let step = 0; step < steps; step++) runner.step(value(step));
}

/** Steps from the start of a fault to its finding; NaN without one, negative when something came before it. */
function delay(
  learned: number,
  quiet: (random: Random) => number,
  fault: (random: Random, step: number) => number,
): number[] {
  return SEEDS.map((seed) => {
    const random = createRandom(seed);
    const runner = createSeriesRunner('value');
    run(runner, learned, () => quiet(random));
    if (runner.opened().length > 0) return -1;
    for (let step = 1; step <= 40; step++) {
      runner.step(fault(random, step));
      if (runner.opened().length > 0) return step;
    }
    return NaN;
  });
}

describe('a gauge', () => {
  test.each([45, 300, 2000])(
    'that jumps by ten spreads is found in two or three steps, after %d quiet ones',
    (learned) => {
      const found = delay(
        learned,
        (random) => 50 + random.normal(),
        (random) => 60 + random.normal(),
      );
      for (const steps of found) expect(steps).toBeGreaterThan(0);
      for (const steps of found) expect(steps).toBeLessThanOrEqual(3);
    },
  );

  test('that leaks by five spreads a step is found within five', () => {
    const found = delay(
      45,
      (random) => 100 + random.normal(),
      (random, step) => 100 + 5 * step + random.normal(),
    );
    for (const steps of found) expect(steps).toBeLessThanOrEqual(5);
  });

  test('that leaks slowly is found after a day, while it is small', () => {
    const found = delay(
      DAY,
      (random) => 100 + random.normal(),
      (random, step) => 100 + step + random.normal(),
    );
    for (const steps of found) expect(steps).toBeLessThanOrEqual(20);
  });

  test('that never moved is silent, and seen when it moves', () => {
    const runner = createSeriesRunner('value');
    run(runner, 200, () => 3);
    expect(runner.entry.lastScore).toBe(0);
    expect(runner.entry.ensemble.isConstant(runner.entry.at)).toBe(true);
    run(runner, 3, () => 2);
    expect(runner.opened()).toHaveLength(1);
    expect(runner.opened()[0]).toMatchObject({ direction: 'down', border: 'notice' });
    expect(runner.entry.ensemble.isConstant(runner.entry.at)).toBe(false);
  });
});

describe('what a single item can do is no finding', () => {
  test.each([
    ['p95', 19, 20],
    ['p99', 99, 100],
  ] as const)('%s of %d items stays below the border, of %d it does not', (measure, few, enough) => {
    const runner = createSeriesRunner(measure);
    const random = createRandom(1);
    run(runner, 300, () => 1e8 * (1 + 0.05 * random.normal()));
    expect(runner.weigh(1e9, { events: few })).toBeLessThan(1);
    expect(runner.weigh(1e9, { events: enough })).toBeGreaterThan(1);
  });

  test('half a message in a queue that is always empty', () => {
    const runner = createSeriesRunner('value', {}, undefined, '{message}');
    run(runner, 300, () => 0);
    expect(runner.weigh(0.5)).toBeLessThan(1);
    expect(runner.weigh(2)).toBeGreaterThan(1);
  });
});

describe('a level that lasts', () => {
  test('becomes the new normal with one note, and does not alarm again', () => {
    const random = createRandom(3);
    const runner = createSeriesRunner('value', { newNormalAfter: 3_600_000 });
    run(runner, 500, () => 50 + random.normal());
    run(runner, 360 + 200, () => 70 + random.normal());
    expect(runner.opened()).toHaveLength(1);
    expect(runner.closed()).toHaveLength(1);
    expect(runner.closed()[0]?.sentence).toContain('new normal');
    run(runner, 500, () => 70 + random.normal());
    expect(runner.opened()).toHaveLength(1);
  });

  test('stays open before that, however long the detectors have heard it', () => {
    const random = createRandom(4);
    const runner = createSeriesRunner('value', { newNormalAfter: 3_600_000 });
    run(runner, 500, () => 50 + random.normal());
    run(runner, 300, () => 70 + random.normal());
    expect(runner.closed()).toHaveLength(0);
    run(runner, 20, () => 50 + random.normal());
    expect(runner.closed()).toHaveLength(1);
    expect(runner.opened()).toHaveLength(1);
  });
});

describe('a daily rhythm', () => {
  const level = (random: Random, step: number): number =>
    (100 + 60 * Math.sin((2 * Math.PI * step) / DAY)) * (1 + 0.02 * random.normal());

  test('is no finding, not even on its first day', () => {
    const random = createRandom(5);
    const runner = createSeriesRunner('value');
    run(runner, 4 * DAY, (step) => level(random, step));
    expect(runner.opened().map(({ sentence }) => sentence)).toEqual([]);
  });

  test('is known after some days: a value that is usual by day is odd by night', () => {
    const random = createRandom(6);
    const runner = createSeriesRunner('value');
    const night = 4 * DAY + Math.round(0.75 * DAY);
    run(runner, night, (step) => level(random, step));
    const before = runner.opened().length;
    run(runner, 5, () => 140 * (1 + 0.02 * random.normal()));
    const [finding] = runner.opened().slice(before);
    expect(finding).toMatchObject({ direction: 'up' });
    expect(finding?.expected).toBeGreaterThan(35);
    expect(finding?.expected).toBeLessThan(50);
  });
});

describe('a job that comes every hour', () => {
  const level = (random: Random, step: number): number => 20 + 2 * random.normal() + (step % 360 < 6 ? 40 : 0);

  test('stops being news within a day, and a bigger one still is', () => {
    const random = createRandom(7);
    const runner = createSeriesRunner('value');
    run(runner, 2 * DAY, (step) => level(random, step));
    const known = runner.opened().length;
    expect(known).toBeLessThanOrEqual(12);
    run(runner, DAY, (step) => level(random, step));
    expect(runner.opened().length - known).toBeLessThanOrEqual(3);
    const before = runner.opened().length;
    run(runner, 4, () => 400);
    expect(runner.opened().length - before).toBe(1);
  });
});

describe('errors', () => {
  test('a service that never failed is judged by numbers, not by noise', () => {
    const runner = createSeriesRunner('error_ratio');
    for (let i = 0; i < 60; i++) runner.step(0, { events: 20 });
    expect(runner.step(2 / 20, { events: 20, failures: 2 })).toBeLessThan(1);
    runner.step(0.3, { events: 20, failures: 6 });
    runner.step(0.3, { events: 20, failures: 6 });
    expect(runner.opened()).toHaveLength(1);
    expect(runner.opened()[0]?.sentence).toMatch(/^Error rate of checkout rose to 30 %; expected 0 % to/);
  });

  test('a service that always fails a little is not told for it', () => {
    const random = createRandom(8);
    const runner = createSeriesRunner('error_ratio');
    for (let i = 0; i < 3000; i++) {
      const failures = random.poisson(2);
      runner.step(failures / 100, { events: 100, failures });
    }
    expect(runner.opened()).toEqual([]);
  });
});
