import type { Fault } from '../faults/fault.ts';

export interface ScheduleOptions {
  readonly faults: readonly Fault[];
  /** From the first telemetry until Sentinel has learned. */
  readonly learnMs: number;
  /** Quiet time before the first fault; what is found in it is false. */
  readonly quietMs: number;
  /** Quiet time between two faults, after the first has been worked off. */
  readonly gapMs: number;
}

export interface Step {
  readonly fault: Fault;
  /** Wait before it. */
  readonly waitMs: number;
}

/** One fault after the other, never two at a time. */
export function planSchedule({ faults, learnMs, quietMs, gapMs }: ScheduleOptions): Step[] {
  return faults.map((fault, index) => ({ fault, waitMs: index === 0 ? learnMs + quietMs : gapMs }));
}

/** From the start of the schedule until the last fault has been worked off. */
export function lengthOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { fault, waitMs }) => sum + waitMs + fault.durationMs + fault.recoveryMs, 0);
}
