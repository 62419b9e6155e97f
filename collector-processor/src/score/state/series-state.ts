import type { SlotState } from './slot-state.ts';

export type StateArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | Int8Array;

interface Column {
  readonly array: StateArray;
  /** Numbers per series. */
  readonly width: number;
}

/**
 * Numbers of one kind for a fixed number of series, in typed arrays. All zero means "nothing known", so that clearing a
 * slot is all it takes to reuse it, and a snapshot is a copy of the bytes.
 */
export class SeriesState implements SlotState {
  readonly capacity: number;
  private readonly columns: Column[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  float64(width = 1): Float64Array {
    return this.add(new Float64Array(this.capacity * width), width);
  }

  float32(width = 1): Float32Array {
    return this.add(new Float32Array(this.capacity * width), width);
  }

  int32(width = 1): Int32Array {
    return this.add(new Int32Array(this.capacity * width), width);
  }

  uint16(width = 1): Uint16Array {
    return this.add(new Uint16Array(this.capacity * width), width);
  }

  uint8(width = 1): Uint8Array {
    return this.add(new Uint8Array(this.capacity * width), width);
  }

  int8(width = 1): Int8Array {
    return this.add(new Int8Array(this.capacity * width), width);
  }

  get bytesPerSeries(): number {
    return this.columns.reduce((bytes, { array, width }) => bytes + array.BYTES_PER_ELEMENT * width, 0);
  }

  clear(slot: number): void {
    for (const { array, width } of this.columns) array.fill(0, slot * width, (slot + 1) * width);
  }

  /** Copies one series out, column after column. */
  save(slot: number, into: Uint8Array, offset: number): number {
    let at = offset;
    for (const column of this.columns) {
      const bytes = bytesOf(column, slot);
      into.set(bytes, at);
      at += bytes.length;
    }
    return at;
  }

  /** Puts back what `save` copied. */
  load(slot: number, from: Uint8Array, offset: number): number {
    let at = offset;
    for (const column of this.columns) {
      const bytes = bytesOf(column, slot);
      bytes.set(from.subarray(at, at + bytes.length));
      at += bytes.length;
    }
    return at;
  }

  private add<T extends StateArray>(array: T, width: number): T {
    this.columns.push({ array, width });
    return array;
  }
}

function bytesOf({ array, width }: Column, slot: number): Uint8Array {
  const length = array.BYTES_PER_ELEMENT * width;
  return new Uint8Array(array.buffer, array.byteOffset + slot * length, length);
}
