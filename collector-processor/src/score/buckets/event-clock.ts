import type { Clock } from '../../runtime/clock.ts';

/** A wall clock that is this far off was set, or the machine slept; less is left to the steady clock. */
const JUMP_MS = 500;

/**
 * "Now" in event time: the wall clock at the start, carried on by the monotonic clock. A wall clock that jumps is followed
 * once, so that a machine that slept does not score an hour of nothing bucket by bucket.
 */
export interface EventClock {
  nowMs(): number;
}

export function createEventClock(clock: Clock): EventClock {
  let offset = clock.nowMs() - clock.monotonicMs();
  return {
    nowMs() {
      const steady = clock.monotonicMs() + offset;
      const jump = clock.nowMs() - steady;
      if (Math.abs(jump) < JUMP_MS) return steady;
      offset += jump;
      return steady + jump;
    },
  };
}
