import type { Cursor } from './cursors.ts';

/** After a restart: below the position that the cursor had come to only these records are owed. */
export class Resumed {
  readonly until: number;
  readonly #owed: ReadonlySet<number>;

  constructor({ position, owed }: Cursor) {
    this.until = position;
    this.#owed = new Set(owed);
  }

  owes(sequence: number): boolean {
    return this.#owed.has(sequence);
  }

  owedFrom(first: number, until = Infinity): number[] {
    return [...this.#owed].filter((sequence) => sequence >= first && sequence < until);
  }
}
