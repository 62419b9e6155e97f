import { IdColumn } from './id-column.ts';

const INITIAL_ROWS = 256;

/** Ids of all items of a batch, one run an item, up to a limit. */
export class IdList {
  count = 0;
  readonly #ids: IdColumn;
  readonly #limit: number;

  constructor(idLength: 8 | 16, limit: number) {
    this.#ids = new IdColumn(idLength);
    this.#limit = limit;
  }

  get bytes(): Uint8Array {
    return this.#ids.bytes;
  }

  begin(): void {
    this.count = 0;
    if (this.#ids.rows > INITIAL_ROWS * 64) this.#ids.resize(INITIAL_ROWS);
  }

  /** False when the limit is reached and nothing was kept. */
  push(view: DataView, start: number): boolean {
    if (this.count === this.#limit) return false;
    const { rows } = this.#ids;
    if (this.count === rows) this.#ids.resize(Math.min(this.#limit, Math.max(INITIAL_ROWS, rows * 2)));
    this.#ids.set(this.count++, view, start);
    return true;
  }
}
