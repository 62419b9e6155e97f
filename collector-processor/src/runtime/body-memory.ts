/** Where bodies that arrive in several chunks get their memory. */
export interface BodyMemory {
  /** What `take` would give for that many bytes: as many, or a few more. */
  sizeFor(bytes: number): number;
  /** Memory with anything in it. */
  take(bytes: number): Uint8Array;
  /** For others from now on: whoever still reads it reads their bytes. */
  giveBack(memory: Uint8Array): void;
}

export const freshMemory: BodyMemory = {
  sizeFor: (bytes) => bytes,
  take: (bytes) => Buffer.allocUnsafeSlow(bytes),
  giveBack: () => undefined,
};

/** Larger ones are rare and better given back to the system. */
const MAX_SIZE = 1024 * 1024;
const MIN_SIZE = 4 * 1024;

/**
 * Keeps the memory of finished bodies for the next ones, up to `maxBytes`. Without it each body is garbage outside of
 * V8's heap, and every 64 to 100 MiB of that make V8 mark its whole heap: at a thousand bodies of 110 KB a second that
 * took 45 % of all CPU time. Sizes come in steps of a quarter of their power of two.
 */
export class SpareMemory implements BodyMemory {
  readonly #maxBytes: number;
  readonly #spare = new Map<number, Uint8Array[]>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Kept and not in use. */
  get bytes(): number {
    return this.#bytes;
  }

  sizeFor(bytes: number): number {
    if (bytes > MAX_SIZE) return bytes;
    if (bytes <= MIN_SIZE) return MIN_SIZE;
    const step = 2 ** (29 - Math.clz32(bytes - 1));
    return Math.ceil(bytes / step) * step;
  }

  take(bytes: number): Uint8Array {
    const size = this.sizeFor(bytes);
    const same = this.#spare.get(size);
    const found = same?.pop();
    if (same === undefined || found === undefined) return Buffer.allocUnsafeSlow(size);
    // Last in order again: sizes that are not asked for come first, and go first.
    this.#spare.delete(size);
    this.#spare.set(size, same);
    this.#bytes -= size;
    return found;
  }

  giveBack(memory: Uint8Array): void {
    const size = memory.length;
    if (size > MAX_SIZE || size > this.#maxBytes) return;
    this.#makeRoom(size);
    if (this.#bytes + size > this.#maxBytes) return;
    const same = this.#spare.get(size);
    if (same === undefined) this.#spare.set(size, [memory]);
    else same.push(memory);
    this.#bytes += size;
  }

  /** Nothing is kept any more. */
  clear(): void {
    this.#spare.clear();
    this.#bytes = 0;
  }

  /** Gives up other sizes, those first that were not asked for the longest. */
  #makeRoom(size: number): void {
    for (const [other, pieces] of this.#spare) {
      if (other === size) continue;
      while (this.#bytes + size > this.#maxBytes && pieces.pop() !== undefined) this.#bytes -= other;
      if (pieces.length === 0) this.#spare.delete(other);
      if (this.#bytes + size <= this.#maxBytes) return;
    }
  }
}
