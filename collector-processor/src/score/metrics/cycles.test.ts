import { describe, expect, test } from '@jest/globals';
import { createRandom, type Random } from '../testing/random.ts';
import { createSeriesRunner } from '../testing/series-runner.ts';
import { cycleIn } from './autocorrelation.ts';
import { CycleFinder } from './cycle-finder.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;
const START_MS = Date.UTC(2026, 2, 2);

type Course = (minute: number, random: Random) => number;

/** Cycles that came to light, in minutes. */
function foundIn(level: Course, minutes: number, stepMinutes = 1): number[] {
  const random = createRandom(4);
  const finder = new CycleFinder(3);
  const found: number[] = [];
  for (let minute = 0; minute < minutes; minute += stepMinutes) {
    const times = { timeMs: START_MS + minute * MINUTE_MS, stepMs: stepMinutes * MINUTE_MS, wallMs: 0, holiday: false };
    const scale = { floor: 0, relativeFloor: 0, direction: 1 as const, events: 1, failures: 0, age: 0, detail: NaN };
    const value = level(minute, random);
    const cycle = finder.push(2, { value, level: value, season: NaN, ...times, ...scale });
    if (cycle !== undefined) found.push(cycle / MINUTE_MS);
  }
  return found;
}

const job =
  (cycle: number, on: number): Course =>
  (minute, random) =>
    (minute % cycle < on ? 60 : 5) + 2 * random.normal();
const waves =
  (cycle: number): Course =>
  (minute, random) =>
    50 + 10 * Math.sin((2 * Math.PI * minute) / cycle) + 3 * random.normal();

describe('a cycle is found', () => {
  test.each([
    ['a job every quarter of an hour', job(15, 5), 15, 5 * HOUR, 1],
    ['a job every half an hour', job(30, 10), 30, 5 * HOUR, 1],
    ['waves of 37 minutes', waves(37), 37, 12 * HOUR, 1],
    ['a job every two hours', job(120, 40), 120, 40 * HOUR, 1],
    ['a job every six hours', job(360, 60), 360, 60 * HOUR, 1],
    ['shifts of eight hours', waves(480), 480, 60 * HOUR, 1],
    ['a job every hour, in steps of five minutes', job(60, 20), 60, 40 * HOUR, 5],
  ])('%s', (_name, level, cycle, minutes, stepMinutes) => {
    const found = foundIn(level, minutes, stepMinutes);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(Math.abs(one / cycle - 1)).toBeLessThan(0.03);
  });

  test.each([
    ['noise', (_minute: number, random: Random) => random.normal()],
    ['a constant', () => 4],
    ['a line', (minute: number) => minute],
    ['a day', (minute: number) => Math.sin((2 * Math.PI * minute) / 1440)],
  ])('but not in %s', (_name, level) => {
    expect(foundIn(level, 80 * HOUR)).toEqual([]);
  });
});

test('the length is read to a part of a sample', () => {
  const ring = Int8Array.from({ length: 192 }, (_, i) => Math.round(100 * Math.sin((2 * Math.PI * i) / 13.3)));
  expect(cycleIn(ring, 0, 192)).toBeCloseTo(13.3, 1);
  const turned = Int8Array.from({ length: 192 }, (_, i) => ring[(i + 150) % 192] as number);
  expect(cycleIn(turned, 42, 192)).toBeCloseTo(13.3, 1);
});

test('a job that does not come is a finding, which says when it was expected; while it comes nothing is', () => {
  const random = createRandom(6);
  const runner = createSeriesRunner('value');
  const step = (minute: number, level: number): number =>
    runner.step(level, { timeMs: START_MS + (minute + 1) * MINUTE_MS, stepMs: MINUTE_MS });
  const [learned, quiet] = [24 * HOUR, 36 * HOUR];
  for (let minute = 0; minute < learned; minute++) step(minute, job(30, 10)(minute, random));
  const before = runner.opened().length;
  for (let minute = learned; minute < quiet; minute++) step(minute, job(30, 10)(minute, random));
  expect(runner.opened().slice(before)).toEqual([]);
  for (let minute = quiet; minute < quiet + 10; minute++) step(minute, 5 + 2 * random.normal());
  const [finding] = runner.opened().slice(before);
  expect(finding).toMatchObject({ direction: 'down' });
  expect(finding?.sentence).toMatch(/ into its cycle of 30 min/);
});
