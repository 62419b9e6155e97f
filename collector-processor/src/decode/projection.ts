const encoder = new TextEncoder();

/** Finds which of a few attribute names a key is, by length and first byte before any comparison. */
export class Projection {
  readonly #keys: readonly DataView[];
  /** Lengths of the keys; asking the views for theirs is a call each. */
  readonly #lengths: Int32Array;
  /** By `bucketOf`: the first candidate, -1 for none; `#next` chains the others. */
  readonly #first = new Int8Array(256).fill(-1);
  readonly #next: Int8Array;

  constructor(names: readonly string[]) {
    const keys = names.map((name) => encoder.encode(name));
    this.#keys = keys.map((key) => new DataView(key.buffer));
    this.#lengths = Int32Array.from(keys, (key) => key.length);
    this.#next = new Int8Array(names.length).fill(-1);
    keys.forEach((key, index) => {
      if (key.length === 0) return;
      const bucket = bucketOf(key.length, key[0] as number);
      this.#next[index] = this.#first[bucket] as number;
      this.#first[bucket] = index;
    });
  }

  /** Index of the name view[start, end), or -1. */
  find(view: DataView, start: number, end: number): number {
    if (start === end) return -1;
    const length = end - start;
    let index = this.#first[bucketOf(length, view.getUint8(start))] as number;
    while (index !== -1) {
      if (this.#lengths[index] === length && equals(this.#keys[index] as DataView, view, start, length)) return index;
      index = this.#next[index] as number;
    }
    return -1;
  }
}

function bucketOf(length: number, firstByte: number): number {
  return (length * 37 + firstByte) & 255;
}

/** Four bytes a step, from the back, where names of one namespace differ. */
function equals(key: DataView, view: DataView, start: number, length: number): boolean {
  let i = length - 4;
  for (; i >= 0; i -= 4) if (key.getInt32(i, true) !== view.getInt32(start + i, true)) return false;
  for (i += 3; i >= 0; i--) if (key.getUint8(i) !== view.getUint8(start + i)) return false;
  return true;
}
