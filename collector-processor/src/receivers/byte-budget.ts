import { type ByteReserve } from '../runtime/body-buffer.ts';
import { type SharedNumber } from '../runtime/shared-number.ts';

/**
 * Counts the bytes that requests hold, of several threads together if `shared` is given. Two threads that ask at the same
 * moment may both be let in: a bound is then passed by one request for each thread beside the first.
 */
export class HeldBytes {
  /** By this thread. */
  here = 0;
  readonly #shared: SharedNumber | undefined;

  constructor(shared?: SharedNumber) {
    this.#shared = shared;
    shared?.set(0);
  }

  get everywhere(): number {
    return this.#shared === undefined ? this.here : this.here + this.#shared.sumOfOthers();
  }

  add(bytes: number): void {
    this.here += bytes;
    this.#shared?.set(this.here);
  }
}

/** A number of bytes that may be held at a time; budgets with the same count bound what they let in together. */
export class ByteBudget {
  readonly limit: number;
  readonly #held: HeldBytes;
  /** As long as memory is scarce, less than the limit. */
  #ceiling: number;

  constructor(limit: number, held = new HeldBytes()) {
    this.limit = limit;
    this.#ceiling = limit;
    this.#held = held;
  }

  /** From now on no more than so many bytes beyond those that are held now, but `least` in all. */
  allow(bytes: number, least = 0): void {
    this.#ceiling = Math.min(this.limit, Math.max(least, this.used + bytes));
  }

  get used(): number {
    return this.#held.everywhere;
  }

  /** By this thread. */
  get held(): number {
    return this.#held.here;
  }

  fits(bytes: number): boolean {
    return this.used + bytes <= this.#ceiling;
  }

  add(bytes: number): void {
    this.#held.add(bytes);
  }
}

/** `connection_full`, `full`: others hold the bytes, now. `too_large`: nobody does, and still it does not fit. */
export type Shortage = 'connection_full' | 'full' | 'too_large';

/** What one request holds of the budget of its connection and of the one of all. */
export class Charge implements ByteReserve {
  readonly #connection: ByteBudget;
  readonly #all: ByteBudget;
  #held = 0;
  #ended = false;
  /** Why there was no room, for the answer. */
  refusedBy: Shortage = 'full';

  constructor(connection: ByteBudget, all: ByteBudget) {
    this.#connection = connection;
    this.#all = all;
  }

  fits(bytes: number): boolean {
    if (!this.#connection.fits(bytes)) return this.#refuse('connection_full', this.#connection, bytes);
    if (!this.#all.fits(bytes)) return this.#refuse('full', this.#all, bytes);
    return true;
  }

  take(bytes: number): boolean {
    if (this.#ended || !this.fits(bytes)) return false;
    this.#move(bytes);
    return true;
  }

  /** Gives back all but `bytes`. */
  shrinkTo(bytes: number): void {
    if (this.#held > bytes) this.#move(bytes - this.#held);
  }

  /** Gives back everything; work that still goes on for this request, such as inflating, gets no more. */
  end(): void {
    this.#ended = true;
    this.shrinkTo(0);
  }

  /** What would not fit if nothing else were there will never fit. */
  #refuse(shortage: Shortage, budget: ByteBudget, bytes: number): false {
    this.refusedBy = this.#held + bytes > budget.limit ? 'too_large' : shortage;
    return false;
  }

  #move(bytes: number): void {
    this.#held += bytes;
    this.#connection.add(bytes);
    this.#all.add(bytes);
  }
}
