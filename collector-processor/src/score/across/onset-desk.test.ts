import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { chanceOfOnset, discoveries } from './false-discovery.ts';

describe('discoveries among many', () => {
  test('what chance brings among so many is held back, and several at once need less each', () => {
    expect(discoveries([0.001], 1000, 0.1)).toEqual([false]);
    expect(discoveries([0.00009], 1000, 0.1)).toEqual([true]);
    expect(discoveries([0.0003, 0.0002, 0.00029], 1000, 0.1)).toEqual([true, true, true]);
    expect(discoveries([0.0003, 0.0002, 0.2], 1000, 0.1)).toEqual([false, false, false]);
    expect(discoveries([], 10, 0.1)).toEqual([]);
  });

  test('are not more than promised where nothing is the matter', () => {
    const random = createRandom(1);
    const [looks, tried, rate] = [20_000, 50, 0.02];
    let found = 0;
    for (let look = 0; look < looks; look++) {
      const chances = Array.from({ length: tried }, () => random.uniform()).filter((chance) => chance < 0.01);
      found += discoveries(chances, tried, rate).filter(Boolean).length;
    }
    expect(found / looks).toBeLessThan(1.3 * rate);
    expect(found / looks).toBeGreaterThan(0.5 * rate);
  });

  test('a stronger onset is always the rarer one', () => {
    const strengths = [1, 1.1, 1.5, 2, 4];
    const chances = strengths.map((strength) => chanceOfOnset(strength, 10_000));
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(chanceOfOnset(1, 10_000) * 8640 * 30).toBeCloseTo(1);
  });
});

const SERIES = 12;

/** Gauges of one service, one bucket; `odd` ones are that many deviations away. */
function gauges(world: World, noise: () => number, odd = 0, away = 0): void {
  const points = Array.from({ length: SERIES }, (_, i) => ({
    ...{ name: `gauge.${i}`, kind: 'gauge' as const, timeMs: world.nowMs() + 1 },
    value: 100 + noise() + (i < odd ? away : 0),
  }));
  world.points({ service: 'checkout' }, points);
  world.advance(world.options.bucket);
}

function run(chanceNoticesPerDay: number, odd: number, away: number) {
  const world = createWorld({ bucket: 10_000, chanceNoticesPerDay });
  const random = createRandom(3);
  repeat(150, () => gauges(world, () => random.normal()));
  const before = world.opened().length;
  repeat(6, () => gauges(world, () => random.normal(), odd, away));
  return { world, found: world.opened().slice(before) };
}

describe('onsets of one service', () => {
  // So strict a rate that an onset at the border alone does not reach it.
  const strict = 1e-4;
  const firstOf = ({ found }: ReturnType<typeof run>) => found[0]?.detectedAtMs ?? NaN;

  test('just over the border are held back, counted and told in coverage; when they grow they are told', () => {
    const [free, held] = [run(0, 1, 20), run(strict, 1, 20)];
    expect(free.found[0]?.peakScore).toBeLessThan(1.5);
    expect(free.world.counter('sentinel_onsets_held_total')).toBe(0);
    expect(free.world.engine.coverage.limits()).toEqual([]);
    expect(held.world.counter('sentinel_onsets_held_total')).toBe(2);
    expect(held.world.engine.coverage.limits()).toEqual([
      expect.stringMatching(/^2 small onsets of checkout were held back today/),
    ]);
    expect(held.found).toHaveLength(1);
    expect(firstOf(held)).toBe(firstOf(free) + 20_000);
  });

  test('that reach the border of a page are told in the same step, whatever the rate', () => {
    const [free, held] = [run(0, 1, 8), run(1e-12, 1, 8)];
    expect(held.found[0]?.peakScore).toBeGreaterThan(1.5);
    expect(firstOf(held)).toBe(firstOf(free));
  });

  test('in several series at once need less each', () => {
    const [one, many] = [run(strict, 1, 20), run(strict, SERIES, 20)];
    expect(firstOf(many)).toBe(firstOf(one) - 10_000);
  });
});
