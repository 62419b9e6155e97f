import { Bag, type Placed } from '../runtime/bag.ts';
import { type Clock } from '../runtime/clock.ts';

export interface Timed extends Placed {
  /** Monotonic milliseconds from which on `expire` is called, once until it is set again; Infinity for never. */
  deadlineMs: number;
  expire(): void;
}

const SWEEP_MS = 100;

/** Open things with a deadline. One timer looks at all of them, because a timer for each would cost more than a request. */
export class TimedSet<Entry extends Timed> {
  readonly #open = new Bag<Entry>();
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;
  #whenEmpty: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#open.size;
  }

  add(entry: Entry): void {
    this.#open.add(entry);
  }

  delete(entry: Entry): void {
    this.#open.delete(entry);
    if (this.#open.size === 0) this.#whenEmpty?.();
  }

  entries(): readonly Entry[] {
    return this.#open.all();
  }

  start(): void {
    this.#timer = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  sweep(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const entry of this.#open.all()) {
      // One that has expired may have closed others.
      if (entry.place < 0 || entry.deadlineMs > nowMs) continue;
      entry.deadlineMs = Infinity;
      entry.expire();
    }
  }

  /** Resolves when nothing is open any more, or after `limitMs`. */
  async drained(limitMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    const waiting = new AbortController();
    this.#whenEmpty = () => waiting.abort();
    await this.#clock.sleep(limitMs, waiting.signal);
    this.#whenEmpty = undefined;
  }
}
