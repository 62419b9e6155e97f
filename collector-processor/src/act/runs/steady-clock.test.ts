import { expect, test } from '@jest/globals';
import { SteadyClock } from './steady-clock.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function aClock(lastSeenMs?: number) {
  const machine = { passedMs: 5000, wallMs: NOON };
  const clock = new SteadyClock({ nowMs: () => machine.wallMs, monotonicMs: () => machine.passedMs }, lastSeenMs);
  const wait = (ms: number): void => {
    machine.passedMs += ms;
    machine.wallMs += ms;
  };
  return { clock, machine, wait };
}

test('a clock that nobody sets shows one time, also when it is drawn slowly', () => {
  const { clock, machine, wait } = aClock();
  expect(clock.possible()).toEqual([NOON]);
  for (let hour = 0; hour < 5; hour++) {
    wait(HOUR_MS);
    machine.wallMs += 500;
    expect(clock.possible()).toEqual([machine.wallMs]);
  }
});

test.each([2 * HOUR_MS, -2 * HOUR_MS])(
  'set by %d ms, both times are possible until it has stood for an hour',
  (byMs) => {
    const { clock, machine, wait } = aClock();
    machine.wallMs += byMs;
    expect(clock.possible()).toEqual([NOON, NOON + byMs]);
    expect(clock.nowMs()).toBe(NOON);
    wait(HOUR_MS - 1);
    expect(clock.possible()).toHaveLength(2);
    wait(1);
    expect(clock.possible()).toEqual([NOON + byMs + HOUR_MS]);
  },
);

test('set back again, it is as if nothing had been', () => {
  const { clock, machine, wait } = aClock();
  machine.wallMs += 2 * HOUR_MS;
  clock.possible();
  wait(MINUTE_MS);
  machine.wallMs -= 2 * HOUR_MS;
  expect(clock.possible()).toEqual([NOON + MINUTE_MS]);
});

test('after a restart it may be as early as something was last heard of', () => {
  const { clock, wait } = aClock(NOON - 20 * MINUTE_MS);
  expect(clock.possible()).toEqual([NOON, NOON - 20 * MINUTE_MS]);
  expect(clock.nowMs()).toBe(NOON);
  wait(HOUR_MS);
  expect(clock.possible()).toEqual([NOON + HOUR_MS]);
});

test('a clock that went back while the process was away does not take stamps back', () => {
  const { clock, wait } = aClock(NOON + 20 * MINUTE_MS);
  expect(clock.nowMs()).toBe(NOON + 20 * MINUTE_MS);
  expect(clock.possible()).toEqual([NOON + 20 * MINUTE_MS, NOON]);
  wait(HOUR_MS);
  expect(clock.possible()).toEqual([NOON + HOUR_MS]);
});
