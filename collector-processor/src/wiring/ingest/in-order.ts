import type { Counter } from '../../runtime/self-metrics.ts';

/** A thread tells what it has drawn a number for at once, unless it has died. */
const PATIENCE_MS = 1000;

/** The next number of all threads; they go around at 2³². */
export function drawNumber(numbers: Int32Array<SharedArrayBuffer>): number {
  return Atomics.add(numbers, 0, 1);
}

/**
 * Brings what several threads tell back into the order in which they drew numbers: what a sender sent behind an answer is
 * behind what it had sent before, whichever threads it met. A number that is not told within a second is passed over.
 */
export class InOrder {
  readonly #waiting = new Map<number, () => void>();
  readonly #passedOver: Counter;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(passedOver: Counter) {
    this.#passedOver = passedOver;
  }

  /** Acts when all numbers before this one have; one that was passed over acts at once. */
  take(number: number, act: () => void): void {
    if (((number - this.#next) | 0) < 0) {
      act();
      return;
    }
    this.#waiting.set(number, act);
    this.#goOn();
  }

  /** Nothing more is told: what waits for a number waits in vain. */
  end(): void {
    while (this.#waiting.size > 0) this.#passOver();
  }

  #goOn(): void {
    const before = this.#next;
    for (let act = this.#waiting.get(this.#next); act !== undefined; act = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next);
      this.#next = (this.#next + 1) | 0;
      act();
    }
    if (this.#waiting.size > 0 && this.#next === before && this.#timer !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = this.#waiting.size === 0 ? undefined : setTimeout(() => this.#passOver(), PATIENCE_MS).unref();
  }

  #passOver(): void {
    let distance = Infinity;
    for (const number of this.#waiting.keys()) distance = Math.min(distance, (number - this.#next) | 0);
    this.#passedOver.add(distance);
    this.#next = (this.#next + distance) | 0;
    this.#timer = undefined;
    this.#goOn();
  }
}
