import { setTimeout as delay } from 'node:timers/promises';

/** Time as an argument, so that no test needs fake globals. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. For stamps, never for intervals. */
  nowMs(): number;
  /** Milliseconds from an arbitrary start, never backwards. For intervals, time-outs and closing buckets. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Does not keep the process alive. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal === undefined ? { ref: false } : { ref: false, signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
