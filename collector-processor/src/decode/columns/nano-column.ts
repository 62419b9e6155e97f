import { resized } from './resized.ts';

const HOST_IS_LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const LOW = HOST_IS_LITTLE ? 0 : 1;

/** Unsigned 64-bit nanoseconds, written as two halves so that no bigint is made. */
export class NanoColumn {
  values = new BigUint64Array(0);
  #halves = new Uint32Array(0);

  resize(rows: number): void {
    this.values = resized(this.values, rows);
    this.#halves = new Uint32Array(this.values.buffer);
  }

  set(row: number, low: number, high: number): void {
    this.#halves[row * 2 + LOW] = low;
    this.#halves[row * 2 + 1 - LOW] = high;
  }
}
