import { describe, expect, test } from '@jest/globals';
import { Calendars } from '../calendar/calendars.ts';
import type { Scorer, Step } from '../scorer.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { createSeriesRunner, type SeriesRunner } from '../testing/series-runner.ts';
import { testOptions } from '../testing/test-options.ts';
import { season } from './season.ts';

const STEP_MS = 600_000;
const DAY_MS = 86_400_000;
const DAY = DAY_MS / STEP_MS;
const MONDAY_MS = Date.UTC(2026, 2, 2);

/** Load of an office: little at night, most at two in the afternoon. */
const office = (wallMs: number): number => 100 - 60 * Math.cos((2 * Math.PI * (wallMs / DAY_MS - 1 / 12)) / 1);

function stepAt(timeMs: number, level: number, holiday = false): Step {
  const scale = { floor: 0, relativeFloor: 0.001, direction: 1 as const };
  const counts = { events: 1, failures: 0, age: 100, detail: NaN, season: NaN };
  return { value: level, level, timeMs, stepMs: STEP_MS, wallMs: timeMs, holiday, ...scale, ...counts };
}

/** A season that has seen so many days. */
function learned(days: number, level: (timeMs: number, random: Random) => number): Scorer {
  const random = createRandom(3);
  const scorer = season.create(2);
  for (let i = 0; i < days * DAY; i++) {
    const timeMs = MONDAY_MS + i * STEP_MS;
    scorer.learn(1, stepAt(timeMs, level(timeMs, random)), 1);
  }
  return scorer;
}

const noisy = (timeMs: number, random: Random): number => office(timeMs) + 2 * random.normal();

describe('a season', () => {
  test('has nothing to say in its first two days, and knows the hours then', () => {
    const [hour, at] = [3_600_000, MONDAY_MS + 4 * DAY_MS];
    expect(learned(1, noisy).predict(1, stepAt(at, 0))).toBeNaN();
    const scorer = learned(4, noisy);
    for (let h = 0; h < 24; h++) {
      const expected = scorer.predict(1, stepAt(at + h * hour, 0));
      expect(Math.abs(expected - office(at + h * hour))).toBeLessThan(5);
    }
    expect(scorer.predict(0, stepAt(at, 0))).toBeNaN();
  });

  test('says nothing of a series without one: noise, and a walk that comes back', () => {
    let walk = 0;
    const wandering = (_timeMs: number, random: Random): number => (walk = 0.99 * walk + random.normal());
    for (const level of [(_timeMs: number, random: Random) => 100 + random.normal(), wandering]) {
      expect(learned(12, level).season?.(1, stepAt(MONDAY_MS + 12 * DAY_MS, 500)).distance).toBeNaN();
    }
  });

  test('tells what it knows: a day and a week that are used, a day that explains nothing', () => {
    expect(learned(20, noisy).states?.(1)).toMatchObject([
      { periodMs: DAY_MS, state: 'used' },
      { periodMs: 7 * DAY_MS, state: 'used' },
    ]);
    const day = learned(5, (_timeMs, random) => random.normal()).states?.(1);
    expect(day).toMatchObject([{ periodMs: DAY_MS, state: 'unused' }]);
    expect(learned(1, noisy).states?.(1)).toEqual([{ periodMs: DAY_MS, state: 'learning', periodsLeft: 2 }]);
  });

  test('is not moved by one odd day, and takes a weekend that is lower as a whole for the same course', () => {
    const weekend = (timeMs: number, random: Random): number =>
      noisy(timeMs, random) - (Math.floor(timeMs / DAY_MS + 4) % 7 === 0 ? 20 : 0);
    const scorer = learned(8, weekend);
    const at = MONDAY_MS + 8 * DAY_MS + DAY_MS / 2;
    expect(Math.abs(scorer.predict(1, stepAt(at, 0)) - office(at))).toBeLessThan(8);
    for (let i = 0; i < DAY / 3; i++) scorer.learn(1, stepAt(at + i * STEP_MS, 250), 0);
    for (let i = DAY / 3; i < DAY; i++) scorer.learn(1, stepAt(at + i * STEP_MS, office(at + i * STEP_MS)), 1);
    expect(Math.abs(scorer.predict(1, stepAt(at + DAY_MS, 0)) - office(at))).toBeLessThan(30);
  });

  test('knows each hour of the week after two of them, and compares a holiday with Sunday', () => {
    const byWeekday = (timeMs: number, random: Random): number => {
      const sunday = Math.floor(timeMs / DAY_MS + 4) % 7 === 0;
      return sunday ? 30 + 2 * random.normal() : noisy(timeMs, random);
    };
    const scorer = learned(28, byWeekday);
    const wednesday = MONDAY_MS + 30 * DAY_MS + DAY_MS / 2;
    expect(scorer.predict(1, stepAt(wednesday, 0))).toBeGreaterThan(120);
    expect(scorer.predict(1, stepAt(wednesday, 0, true))).toBeLessThan(60);
    const before = scorer.predict(1, stepAt(wednesday, 0));
    for (let i = -72; i < 72; i++) scorer.learn(1, stepAt(wednesday + i * STEP_MS, 30, true), 1);
    expect(scorer.predict(1, stepAt(wednesday, 0))).toBe(before);
  });

  test('without Sundays to compare with says nothing on a holiday', () => {
    expect(learned(4, noisy).predict(1, stepAt(MONDAY_MS + 4 * DAY_MS, 0, true))).toBeNaN();
  });

  test('is the same after it was saved and put back, its week with it', () => {
    const [was, is] = [learned(20, noisy), season.create(3)];
    const bytes = new Uint8Array(was.state.bytesPerSeries);
    expect(was.state.save(1, bytes, 0)).toBe(bytes.length);
    expect(is.state.load(2, bytes, 0)).toBe(bytes.length);
    for (let i = 0; i < 3 * DAY; i++) {
      const step = stepAt(MONDAY_MS + 20 * DAY_MS + i * STEP_MS, 90 + (i % 7));
      expect(is.score(2, step)).toBe(was.score(1, step));
      was.learn(1, step, 0.5);
      is.learn(2, step, 0.5);
    }
    const again = new Uint8Array(bytes.length);
    is.state.clear(2);
    is.state.save(2, again, 0);
    expect(again.every((byte) => byte === 0)).toBe(true);
  });
});

/** Findings from some day on of a series that goes by clocks on the wall. */
function foundOn(zone: string, fromMs: number, { days, quietDays, level = office }: Stretch): SeriesRunner {
  const random = createRandom(5);
  const calendar = { timeZone: zone, holidays: '', scopes: [] };
  const berlin = new Calendars({ ...calendar, timeZone: 'Europe/Berlin' }).of({ ...anywhere });
  const runner = createSeriesRunner('value', { calendar: { ...calendar, holidays: '2026-03-12' } });
  for (let i = 0; i < days * DAY; i++) {
    const timeMs = fromMs + (i + 1) * STEP_MS;
    const wallMs = berlin.wallMs(timeMs - STEP_MS / 2);
    runner.step(level(wallMs) + 2 * random.normal(), { timeMs, stepMs: STEP_MS });
    if (i === quietDays * DAY) runner.events.length = 0;
  }
  return runner;
}

interface Stretch {
  readonly days: number;
  readonly quietDays: number;
  readonly level?: (wallMs: number) => number;
}

const anywhere = { service: '', namespace: '', environment: '' };
const changes = { spring: Date.UTC(2026, 2, 29), autumn: Date.UTC(2026, 9, 25) };
/** A steep morning and a steep evening. */
const shop = (wallMs: number): number =>
  20 + 100 / (1 + Math.exp(-20 * Math.sin((2 * Math.PI * (wallMs / DAY_MS - 0.3)) / 1)));

describe.each(Object.entries(changes))('clocks that are changed in %s', (_name, changeMs) => {
  const stretch = { days: 14, quietDays: 10, level: shop };

  test('shift nothing where the time zone is known', () => {
    expect(foundOn('Europe/Berlin', changeMs - 10 * DAY_MS, stretch).opened()).toEqual([]);
  });

  test('are news where it is not', () => {
    expect(foundOn('UTC', changeMs - 10 * DAY_MS, stretch).opened().length).toBeGreaterThan(0);
  });
});

test('a finding says for which time something else was expected; a holiday is none', () => {
  const quietDays = 10;
  const closed = (wallMs: number): number => ([12, 13].includes(new Date(wallMs).getUTCDate()) ? 40 : office(wallMs));
  const found = foundOn('Europe/Berlin', MONDAY_MS, { days: 12, quietDays, level: closed }).opened();
  expect(found.length).toBeGreaterThan(0);
  for (const { sentence, startMs } of found) {
    expect(sentence).toMatch(/expected [\d.]+ to [\d.]+ for \d\d:\d\d\.$/);
    expect(new Date(startMs + 3_600_000).getUTCDate()).toBe(13);
  }
});

test.each([1, -1])('a larger fault in direction %d never scores lower on a series with a season', (direction) => {
  const random = createRandom(9);
  const runner = createSeriesRunner('value', { calendar: testOptions().calendar });
  for (let i = 0; i < 10 * DAY; i++) {
    const timeMs = MONDAY_MS + (i + 1) * STEP_MS;
    runner.step(noisy(timeMs - STEP_MS / 2, random), { timeMs, stepMs: STEP_MS });
  }
  let last = 0;
  for (let size = 0; size < 300; size += 3) {
    const score = runner.weigh(40 + direction * (8 + size));
    expect(score).toBeGreaterThanOrEqual(last - 1e-9);
    last = score;
  }
  expect(last).toBeGreaterThan(1);
});
