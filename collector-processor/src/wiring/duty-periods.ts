import type { Duty } from '../store/duty.ts';

/**
 * Numbers the times in which this process is the active one: a new one begins when another may have been active in between.
 * The function answers undefined while it is not active. Undefined itself: nobody else can be.
 */
export function dutyPeriods(duty: Duty): (() => number | undefined) | undefined {
  if (duty.holder() === undefined) return undefined;
  let period = 0;
  duty.onChange((state) => {
    if (state === 'standby') period++;
  });
  return () => (duty.state() === 'active' ? period : undefined);
}
