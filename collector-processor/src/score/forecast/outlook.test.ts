import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { expectedAt, lookAhead, timeLeft } from './outlook.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CAPACITY = 100;

/** So many hours of a series in a disk of 100. */
function look(hours: number, valueAt: (hour: number) => number) {
  const values = Float64Array.from({ length: hours }, (_unused, i) => valueAt(i));
  return lookAhead({ values, newest: 480_000, stepMs: HOUR_MS }, CAPACITY);
}

const alarmDays = (hours: number, valueAt: (hour: number) => number) =>
  (look(hours, valueAt)?.alarmWithin ?? Infinity) / DAY_MS;

describe('what runs out', () => {
  test('a disk that fills evenly is full when its line says so', () => {
    const random = createRandom(1);
    const outlook = look(7 * 24, (hour) => 20 + (hour / 24) * 8 + 0.3 * random.normal());
    const days = (outlook?.left.expected ?? NaN) / DAY_MS;
    expect(days).toBeGreaterThan(2.8);
    expect(days).toBeLessThan(3.2);
    expect(outlook?.left.soonest).toBeLessThanOrEqual(outlook?.left.expected ?? NaN);
    expect(outlook?.left.latest).toBeGreaterThanOrEqual(outlook?.left.expected ?? NaN);
    expect((outlook?.alarmWithin ?? NaN) / DAY_MS).toBeLessThanOrEqual(3);
  });

  test('days and a trend: the season does not hide the trend', () => {
    const random = createRandom(2);
    const wave = (hour: number) => 10 * Math.sin((hour / 24) * 2 * Math.PI);
    const days = alarmDays(14 * 24, (hour) => 20 + (hour / 24) * 3 + wave(hour) + random.normal());
    expect(days).toBeGreaterThan(6);
    expect(days).toBeLessThan(13);
  });

  test('it is told sooner with more growth and later with more capacity', () => {
    const outlook = look(96, (hour) => 20 + hour / 2);
    if (outlook === undefined) throw new Error('no outlook');
    const now = timeLeft(outlook, { growth: 1, capacity: CAPACITY }).expected;
    expect(timeLeft(outlook, { growth: 2, capacity: CAPACITY }).expected).toBeLessThan(now);
    expect(timeLeft(outlook, { growth: 1, capacity: 150 }).expected).toBeGreaterThan(now);
    expect(timeLeft(outlook, { growth: 0, capacity: CAPACITY }).expected).toBe(Infinity);
    expect(expectedAt(outlook, DAY_MS).expected).toBeCloseTo(20 + 95 / 2 + 12, 0);
  });
});

describe('no alarm', () => {
  test('on a level, however near the capacity it is', () => {
    for (const level of [30, 97, 99.5]) {
      const random = createRandom(level);
      expect(alarmDays(14 * 24, () => Math.min(100, level + 0.5 * random.normal()))).toBe(Infinity);
    }
  });

  test('on a saw-tooth, at any moment of its tooth and for any length of it', () => {
    for (const period of [5, 12, 24, 31, 60, 100]) {
      const random = createRandom(period);
      const tooth = (hour: number) => 20 + (60 * (hour % period)) / period + 0.5 * random.normal();
      for (let hours = 2.2 * period; hours < 4 * period; hours += period / 10) {
        expect([period, hours, alarmDays(Math.floor(hours), tooth)]).toEqual([period, hours, Infinity]);
      }
    }
  });

  test('on a step, which is no trend', () => {
    const random = createRandom(3);
    for (const since of [5, 30, 60, 100]) {
      const step = (hour: number) => (hour < 150 - since ? 30 : 60) + 0.3 * random.normal();
      expect([since, alarmDays(150, step)]).toEqual([since, Infinity]);
    }
  });

  test('when it grew and has stopped: the short window sees no trend', () => {
    const random = createRandom(4);
    expect(alarmDays(200, (hour) => 20 + Math.min(hour, 120) / 2 + 0.2 * random.normal())).toBe(Infinity);
  });

  test('on a random walk without a drift, but for chance', () => {
    let alarms = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = createRandom(seed);
      let value = 50;
      const walk = () => (value = Math.max(0, Math.min(99, value + 0.5 * random.normal())));
      if (alarmDays(14 * 24, walk) <= 7) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(5);
  });
});

test('a disk that was emptied at the last moment and fills again is an alarm again', () => {
  const random = createRandom(6);
  const days = alarmDays(
    10 * 24,
    (hour) => 15 + (hour < 120 ? 0.67 * hour : 0.5 * (hour - 120)) + 0.2 * random.normal(),
  );
  expect(days).toBeLessThan(3);
});
