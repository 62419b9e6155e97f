import { resized } from './resized.ts';

/** Words are copied, not numbers: in the host's own order they stay as they are. */
const HOST_IS_LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Ids of 8 or 16 bytes, one a row, copied four bytes a step. */
export class IdColumn {
  bytes = new Uint8Array(0);
  readonly #width: number;
  #words = new Int32Array(0);

  constructor(idLength: 8 | 16) {
    this.#width = idLength / 4;
  }

  get rows(): number {
    return this.#words.length / this.#width;
  }

  resize(rows: number): void {
    this.#words = resized(this.#words, this.#width * rows);
    this.bytes = new Uint8Array(this.#words.buffer);
  }

  /** Takes the id at `start` of the payload, or zeros when `start` is negative. */
  set(row: number, view: DataView, start: number): void {
    const words = this.#words;
    const to = row * this.#width;
    if (start < 0) {
      for (let i = 0; i < this.#width; i++) words[to + i] = 0;
      return;
    }
    words[to] = view.getInt32(start, HOST_IS_LITTLE);
    words[to + 1] = view.getInt32(start + 4, HOST_IS_LITTLE);
    if (this.#width === 2) return;
    words[to + 2] = view.getInt32(start + 8, HOST_IS_LITTLE);
    words[to + 3] = view.getInt32(start + 12, HOST_IS_LITTLE);
  }
}
