import { describe, expect, test } from '@jest/globals';
import type { TestPoint } from '../testing/columns.ts';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

const STEP_MS = 600_000;
const DAY = 144;
const shop = { service: 'checkout' };
type Shown = Omit<TestPoint, 'timeMs'>;

function gauge(name: string, value: number, attributes: Readonly<Record<string, string>> = {}): Shown {
  return { name, kind: 'gauge', value, attributes };
}

/** A service with metrics that go on, whatever a test does to others. */
function createShop() {
  const world = createWorld({ bucket: STEP_MS, pageSteps: 100 });
  const random = createRandom(1);
  const moving = (name: string, attributes = {}): Shown => gauge(name, 5 + random.normal(), attributes);
  const step = (points: readonly Shown[], resource: Parameters<World['points']>[0] = shop): void => {
    const all = [moving('memory'), gauge('pool.limit', 10), ...points];
    world.points(
      resource,
      all.map((point) => ({ ...point, timeMs: world.nowMs() + 1 })),
    );
    world.advance(STEP_MS);
  };
  const told = (measure: string): string[] =>
    world.opened().flatMap(({ series, sentence }) => (series.measure === measure ? [sentence] : []));
  return { world, random, moving, step, told };
}

describe('a series that stops while its service goes on', () => {
  test('is told, and again when it stops on another day', () => {
    const { world, moving, step, told } = createShop();
    repeat(DAY + 20, () => step([moving('queue.age')]));
    expect(told('vanished')).toEqual([]);
    repeat(20, () => step([]));
    expect(told('vanished')).toEqual([
      expect.stringMatching(
        /^No points of queue\.age from checkout any more: a pause of \d+ min, the longest so far was 10 min\.$/,
      ),
    ]);
    expect(world.opened().every(({ border }) => border === 'notice')).toBe(true);
    repeat(20, () => step([moving('queue.age')]));
    expect(world.closed().map(({ series }) => series.measure)).toContain('vanished');
    repeat(DAY, () => step([moving('queue.age')]));
    repeat(20, () => step([]));
    expect(told('vanished')).toHaveLength(2);
  });

  test('is one piece of news when several stop together', () => {
    const { moving, step, told } = createShop();
    const all = (): Shown[] => ['a', 'b', 'c', 'd'].map((name) => moving(name));
    repeat(DAY + 20, () => step(all()));
    repeat(20, () => step([]));
    expect(told('vanished')).toHaveLength(1);
  });

  test('is no news in its first day, of a job that comes and goes, and when the service is silent', () => {
    const { world, moving, step, told } = createShop();
    repeat(DAY - 30, () => step([moving('young')]));
    repeat(3, () => {
      repeat(40, () => step([moving('job')]));
      repeat(60, () => step([]));
    });
    world.advance(30 * STEP_MS);
    expect(told('vanished')).toEqual([]);
  });

  test('is no news after a restart: what counts errors is there again when there is one', () => {
    const { moving, step, told } = createShop();
    repeat(DAY + 20, () => step([moving('errors')], { ...shop, instance: 'a' }));
    repeat(30, () => step([], { ...shop, instance: 'b' }));
    expect(told('vanished')).toEqual([]);
  });

  test('is no news when another one of the metric took its place', () => {
    const { moving, step, told } = createShop();
    repeat(DAY + 20, () => step([moving('ready', { pod: 'a' })]));
    repeat(30, () => step([moving('ready', { pod: 'b' })]));
    expect(told('vanished')).toEqual([]);
  });
});

describe('a series that stands still', () => {
  test('is told when it usually moves, with the value and for how long', () => {
    const { world, moving, step, told } = createShop();
    repeat(DAY + 20, () => step([moving('queue.age')]));
    expect(told('stuck')).toEqual([]);
    repeat(15, () => step([gauge('queue.age', 5.25)]));
    expect(told('stuck')).toEqual(['queue.age of checkout has stood still at 5.25 for 110 min; it usually moves.']);
    expect(world.opened().every(({ border }) => border === 'notice')).toBe(true);
    repeat(10, () => step([moving('queue.age')]));
    expect(world.closed().map(({ series }) => series.measure)).toContain('stuck');
  });

  test('is no news at zero, at the end of its range, by night, and of a setting', () => {
    const { random, step, told } = createShop();
    const shown = (index: number): Shown[] => [
      gauge('empty', index % 60 < 30 ? Math.max(0, random.normal()) : 0),
      gauge('full', Math.min(6, 5 + random.normal())),
      gauge('by.day', index % DAY < 100 ? 5 + random.normal() : 4.5),
      gauge('setting', index < 250 ? 512 : 1024),
    ];
    repeat(3 * DAY, (index) => step(shown(index)));
    repeat(20, () => step([gauge('empty', 0), gauge('full', 6), gauge('by.day', 4.5), gauge('setting', 1024)]));
    expect(told('stuck')).toEqual([]);
  });
});
