/**
 * One number of each thread in shared memory: a thread writes its own and reads those of the others. An aligned number of 64
 * bits is written whole by the processors that Node runs on.
 */
export class SharedNumber {
  readonly #all: Float64Array<SharedArrayBuffer>;
  readonly #place: number;

  constructor(memory: SharedArrayBuffer, place: number) {
    this.#all = new Float64Array(memory);
    this.#place = place;
  }

  static memoryFor(threads: number): SharedArrayBuffer {
    return new SharedArrayBuffer(threads * Float64Array.BYTES_PER_ELEMENT);
  }

  set(value: number): void {
    this.#all[this.#place] = value;
  }

  sumOfOthers(): number {
    let sum = 0;
    for (let index = 0; index < this.#all.length; index++) {
      if (index !== this.#place) sum += this.#all[index] as number;
    }
    return sum;
  }
}
