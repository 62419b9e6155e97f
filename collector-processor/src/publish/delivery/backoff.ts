import type { RetryOptions } from '../forward-options.ts';

/**
 * Pause before the next attempt, milliseconds: exponential with full jitter (uniform between 0 and the doubled limit), so
 * that senders that failed together do not come back together.
 */
export function backoffMs(failedAttempts: number, options: RetryOptions, random: () => number): number {
  const limit = Math.min(options.maxInterval, options.initialInterval * 2 ** (failedAttempts - 1));
  return random() * limit;
}
