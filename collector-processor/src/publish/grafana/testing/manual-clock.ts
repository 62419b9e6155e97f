import type { Clock } from '../../../runtime/clock.ts';

export interface ManualClock extends Clock {
  /** Wakes whoever slept long enough. */
  advance(ms: number): void;
  /** How many sleep now. */
  sleeping(): number;
}

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

export function createManualClock(startMs: number): ManualClock {
  let elapsedMs = 0;
  const sleepers = new Set<Sleeper>();
  return {
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleep(ms, signal) {
      if (signal?.aborted === true || ms <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = { atMs: elapsedMs + ms, wake };
        function wake(): void {
          sleepers.delete(sleeper);
          resolve();
        }
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
    advance(ms) {
      elapsedMs += ms;
      for (const { atMs, wake } of [...sleepers]) if (atMs <= elapsedMs) wake();
    },
    sleeping: () => sleepers.size,
  };
}
