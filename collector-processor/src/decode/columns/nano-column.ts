import { resized } from './resized.ts';

const HOST_IS_LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const LOW = HOST_IS_LITTLE ? 0 : 1;

/** Unsigned 64-bit nanoseconds, copied as two halves so that no bigint is made. */
export class NanoColumn {
  values = new BigUint64Array(0);
  #halves = new Int32Array(0);

  resize(rows: number): void {
    this.values = resized(this.values, rows);
    this.#halves = new Int32Array(this.values.buffer);
  }

  /** Takes the number at `start` of the payload, or 0 when `start` is negative. */
  set(row: number, view: DataView, start: number): void {
    const halves = this.#halves;
    halves[row * 2 + LOW] = start < 0 ? 0 : view.getInt32(start, true);
    halves[row * 2 + 1 - LOW] = start < 0 ? 0 : view.getInt32(start + 4, true);
  }
}
