import { expect, test } from '@jest/globals';
import { alwaysActive } from '../store/duty.ts';
import { aDuty } from '../store/testing/duty.ts';
import { dutyPeriods } from './duty-periods.ts';

test('a period ends when another process may take over, not while it only may have', () => {
  const duty = aDuty('active');
  const period = dutyPeriods(duty)!;
  const first = period();
  duty.become('suspended');
  expect(period()).toBeUndefined();
  duty.become('active');
  expect(period()).toBe(first);
  duty.become('standby');
  expect(period()).toBeUndefined();
  duty.become('active');
  expect(period()).not.toBe(first);
});

test('where nobody else can be there are none', () => {
  expect(dutyPeriods(alwaysActive)).toBeUndefined();
});
