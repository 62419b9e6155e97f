import type { Service } from './lifecycle.ts';
import type { SelfMetrics } from './self-metrics.ts';

const EVERY_MS = 20;
const BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5];

/** How much later than due the event loop comes to a timer: whatever it is busy with, every request waits that long too. */
export function createLoopDelay(metrics: SelfMetrics, clock: { monotonicMs(): number }): Service {
  const delay = metrics.histogram(
    {
      name: 'sentinel_event_loop_delay_seconds',
      help: 'How much later than due the event loop came to a timer, looked at every 20 ms.',
    },
    BOUNDS,
  );
  let timer: NodeJS.Timeout | undefined;
  let dueMs = 0;

  function look(): void {
    delay.observe(Math.max(0, clock.monotonicMs() - dueMs) / 1000);
    wait();
  }

  function wait(): void {
    dueMs = clock.monotonicMs() + EVERY_MS;
    timer = setTimeout(look, EVERY_MS).unref();
  }

  return {
    name: 'event loop watch',
    start() {
      wait();
      return Promise.resolve();
    },
    stop() {
      clearTimeout(timer);
      return Promise.resolve();
    },
  };
}
