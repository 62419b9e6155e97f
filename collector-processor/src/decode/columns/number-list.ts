import { resized } from './resized.ts';

const INITIAL_LENGTH = 1024;

/** Numbers of all items of a batch, one run an item, up to a limit. */
export class NumberList {
  values: Float64Array;
  length = 0;
  /** Set when a number was not kept; the run that lacks it is of no use. */
  overflowed = false;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.values = new Float64Array(Math.min(INITIAL_LENGTH, limit));
  }

  begin(): void {
    this.length = 0;
    this.overflowed = false;
    if (this.values.length > INITIAL_LENGTH * 64) this.values = resized(this.values, INITIAL_LENGTH);
  }

  push(value: number): void {
    if (this.length === this.values.length && !this.#grow()) {
      this.overflowed = true;
      return;
    }
    this.values[this.length++] = value;
  }

  /** Gives where a run of `count` numbers from `start` goes on: where it is, or copied to the end of the list. */
  resume(start: number, count: number): number {
    if (start + count === this.length) return start;
    const moved = this.length;
    for (let i = 0; i < count; i++) this.push(this.values[start + i] as number);
    return moved;
  }

  #grow(): boolean {
    if (this.length >= this.#limit) return false;
    this.values = resized(this.values, Math.min(this.length * 2, this.#limit));
    return true;
  }
}
