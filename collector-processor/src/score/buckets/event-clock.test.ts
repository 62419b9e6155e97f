import { expect, test } from '@jest/globals';
import { createEventClock } from './event-clock.ts';

function world() {
  const time = { wall: 1_000_000, steady: 50 };
  const clock = createEventClock({
    nowMs: () => time.wall,
    monotonicMs: () => time.steady,
    sleep: () => Promise.resolve(),
  });
  return { time, clock };
}

test('goes on with the steady clock', () => {
  const { time, clock } = world();
  time.steady += 1500;
  time.wall += 1400;
  expect(clock.nowMs()).toBe(1_001_500);
});

test('follows a wall clock that was set, once', () => {
  const { time, clock } = world();
  time.wall += 3_600_000;
  expect(clock.nowMs()).toBe(4_600_000);
  time.steady += 100;
  time.wall += 100;
  expect(clock.nowMs()).toBe(4_600_100);
  time.wall -= 7_200_000;
  expect(clock.nowMs()).toBe(4_600_100 - 7_200_000);
});
