import { Bag } from '../../runtime/bag.ts';
import type { Clock } from '../../runtime/clock.ts';

interface Waiter {
  place: number;
  readonly atMs: number;
  readonly wake: () => void;
}

/**
 * Tells each request that its time is up. All wait for the same time, so one timer serves them all. A request that is
 * done leaves nothing behind: what stayed until its time is up would grow old in V8's heap, a thousand times a second.
 */
export class SlowWatch {
  readonly #clock: Clock;
  readonly #afterMs: number;
  readonly #waiters = new Bag<Waiter>();
  #running = false;

  constructor(clock: Clock, afterMs: number) {
    this.#clock = clock;
    this.#afterMs = afterMs;
  }

  /** Resolves when `work` has, or after the time, not before; a little later at worst. `work` must not reject. */
  limit(work: Promise<unknown>): Promise<void> {
    if (this.#afterMs === 0) return Promise.resolve();
    return new Promise((wake) => {
      const waiter = { place: -1, atMs: this.#clock.monotonicMs() + this.#afterMs, wake };
      this.#waiters.add(waiter);
      void work.then(() => {
        this.#waiters.delete(waiter);
        wake();
      });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    let pauseMs = this.#afterMs;
    while (this.#waiters.size > 0) {
      // Not for each request anew: those that came within an eighth of the time share a look.
      await this.#clock.sleep(Math.max(pauseMs, this.#afterMs / 8));
      pauseMs = this.#wakeDue();
    }
    this.#running = false;
  }

  /** Milliseconds until the next one is due. */
  #wakeDue(): number {
    const nowMs = this.#clock.monotonicMs();
    let firstMs = Infinity;
    for (const waiter of this.#waiters.all()) {
      if (waiter.atMs > nowMs) {
        firstMs = Math.min(firstMs, waiter.atMs);
        continue;
      }
      this.#waiters.delete(waiter);
      waiter.wake();
    }
    return firstMs - nowMs;
  }
}
