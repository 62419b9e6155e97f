import { expect, test } from '@jest/globals';
import { faultMenu } from '../faults/menu.ts';
import { lengthOf, planSchedule } from './schedule.ts';

const timing = { learnMs: 50_000, quietMs: 10_000, gapMs: 10_000 };

test('the first fault waits for the learning and a quiet time, the others for the gap', () => {
  const steps = planSchedule({ ...timing, faults: faultMenu });
  expect(steps.map(({ fault }) => fault)).toEqual(faultMenu);
  expect(steps.map(({ waitMs }) => waitMs)).toEqual([60_000, 10_000, 10_000, 10_000, 10_000, 10_000]);
});

test('the whole menu takes no more than six minutes', () => {
  expect(lengthOf(planSchedule({ ...timing, faults: faultMenu }))).toBeLessThanOrEqual(360_000);
});

test('an empty menu is an empty schedule', () => {
  expect(planSchedule({ ...timing, faults: [] })).toEqual([]);
});
