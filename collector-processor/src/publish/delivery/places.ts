import type { Batch } from './shipment.ts';

/** How many requests to one backend may be under way, and how many of them may be replays: at least one. */
export class Places {
  readonly #most: number;
  readonly #mostReplays: number;
  #taken = 0;
  #replays = 0;

  constructor(most: number, replayShare: number) {
    this.#most = most;
    this.#mostReplays = Math.max(1, Math.floor(most * replayShare));
  }

  get taken(): number {
    return this.#taken;
  }

  get isFree(): boolean {
    return this.#taken < this.#most;
  }

  get isFreeForReplays(): boolean {
    return this.#replays < this.#mostReplays;
  }

  take(batch: Batch): void {
    this.#move(batch, 1);
  }

  give(batch: Batch): void {
    this.#move(batch, -1);
  }

  #move([first]: Batch, sign: 1 | -1): void {
    this.#taken += sign;
    if (first?.replay === true) this.#replays += sign;
  }
}
