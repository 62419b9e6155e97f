import type { Clock } from '../../runtime/clock.ts';

interface Waiter {
  readonly atMs: number;
  readonly wake: () => void;
}

/**
 * Tells each request that its time is up. All wait for the same time, so one queue in the order of arrival and one timer
 * serve them all; a request that is done before costs a place in the queue until then, no timer of its own.
 */
export class SlowWatch {
  readonly #clock: Clock;
  readonly #afterMs: number;
  #waiters: Waiter[] = [];
  #running = false;

  constructor(clock: Clock, afterMs: number) {
    this.#clock = clock;
    this.#afterMs = afterMs;
  }

  /** Resolves after the time, not before; a little later at worst. */
  next(): Promise<void> {
    if (this.#afterMs === 0) return Promise.resolve();
    return new Promise((wake) => {
      this.#waiters.push({ atMs: this.#clock.monotonicMs() + this.#afterMs, wake });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiters.length > 0) {
      const nowMs = this.#clock.monotonicMs();
      const late = this.#waiters.findIndex(({ atMs }) => atMs > nowMs);
      for (const { wake } of this.#waiters.splice(0, late === -1 ? this.#waiters.length : late)) wake();
      const [first] = this.#waiters;
      // Not for each request anew: those that came within an eighth of the time share a look.
      if (first !== undefined) await this.#clock.sleep(Math.max(first.atMs - nowMs, this.#afterMs / 8));
    }
    this.#running = false;
  }
}
