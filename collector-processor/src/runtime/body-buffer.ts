import { type BodyMemory, freshMemory } from './body-memory.ts';
import { freeMemory } from './free-memory.ts';

/** Where bytes are accounted for before they are kept. */
export interface ByteReserve {
  /** Whether that many bytes could be taken now. Takes nothing. */
  fits(bytes: number): boolean;
  /** Accounts for the bytes, or leaves everything as it was and returns false. */
  take(bytes: number): boolean;
}

export const unlimitedReserve: ByteReserve = { fits: () => true, take: () => true };

/** `too_large`: over this body's own cap. `full`: the reserve has no room now, so the same body may be welcome later. */
export type GatherResult = 'ok' | 'too_large' | 'full';

/** An announced body is accounted for in steps, so that a sender has to send bytes to hold bytes. */
const FIRST_STEP_BYTES = 1024 * 1024;
const FIRST_CAPACITY_BYTES = 64 * 1024;
const nothing = new Uint8Array(0);

/**
 * Gathers one body from its chunks. A body that arrives in one chunk is that chunk, uncopied; otherwise each chunk is
 * copied once into a buffer of the announced length, so that many tiny chunks never cost more than their bytes (above
 * 1 MiB the buffer doubles). No more is kept than `reserve` has granted; giving it back is the business of its owner.
 * The buffer comes from `memory`, and goes back there when its owner says so.
 * A chunk is its caller's no more once it was pushed: the memory of those that were copied is freed.
 */
export class BodyBuffer {
  readonly #maxBytes: number;
  readonly #reserve: ByteReserve;
  readonly #memory: BodyMemory;
  /** What `memory` has lent. */
  #lent: Uint8Array | undefined;
  #bytes: Uint8Array = nothing;
  #length = 0;
  #granted = 0;
  #announced = -1;

  constructor(maxBytes: number, reserve: ByteReserve, memory = freshMemory) {
    this.#maxBytes = maxBytes;
    this.#reserve = reserve;
    this.#memory = memory;
  }

  get length(): number {
    return this.#length;
  }

  /** States the length in advance, so that a body that cannot be taken is refused before a byte of it is kept. */
  announce(bytes: number): GatherResult {
    if (bytes > this.#maxBytes) return 'too_large';
    if (!this.#reserve.fits(bytes)) return 'full';
    this.#announced = bytes;
    return this.#grant(Math.min(bytes, FIRST_STEP_BYTES));
  }

  /** The same for bytes that nobody has to send, such as inflated ones: all of them are accounted for at once. */
  claim(bytes: number): GatherResult {
    if (bytes > this.#maxBytes) return 'too_large';
    this.#announced = bytes;
    return this.#grant(bytes);
  }

  push(chunk: Uint8Array): GatherResult {
    if (chunk.length === 0) return 'ok';
    const length = this.#length + chunk.length;
    if (length > this.#maxBytes) return 'too_large';
    if (this.#length === 0) {
      const granted = this.#grant(length);
      if (granted === 'ok') this.#keepFirst(chunk);
      return granted;
    }
    const copied = this.copy(chunk);
    if (copied === 'ok') freeMemory(chunk);
    return copied;
  }

  /** The same for bytes that are their caller's again afterwards. */
  copy(piece: Uint8Array): GatherResult {
    const length = this.#length + piece.length;
    if (length > this.#maxBytes) return 'too_large';
    const room = this.#makeRoom(length);
    if (room !== 'ok') return room;
    this.#bytes.set(piece, this.#length);
    this.#length = length;
    return 'ok';
  }

  /** What has been gathered. A view: of the only chunk, or of the buffer. */
  bytes(): Uint8Array {
    return this.#bytes.length === this.#length ? this.#bytes : this.#bytes.subarray(0, this.#length);
  }

  /** Lets the memory serve other bodies: what `bytes` has given must not be read any more. */
  release(): void {
    const lent = this.#lent;
    this.#lent = undefined;
    this.#bytes = nothing;
    this.#length = 0;
    if (lent !== undefined) this.#memory.giveBack(lent);
  }

  #keepFirst(chunk: Uint8Array): void {
    this.#bytes = chunk;
    this.#length = chunk.length;
  }

  #makeRoom(length: number): GatherResult {
    if (this.#length < this.#bytes.length && length <= this.#bytes.length) return 'ok';
    const wanted = this.#capacityFor(length);
    // Memory that is lent may be larger; where that does not fit, what is needed still may.
    const isLent = this.#grant(this.#memory.sizeFor(wanted)) === 'ok';
    if (!isLent && this.#grant(wanted) !== 'ok') return 'full';
    const grown = (isLent ? this.#memory : freshMemory).take(wanted);
    grown.set(this.bytes());
    if (this.#lent === undefined) freeMemory(this.#bytes);
    else this.#memory.giveBack(this.#lent);
    this.#lent = isLent ? grown : undefined;
    this.#bytes = grown;
    return 'ok';
  }

  #capacityFor(length: number): number {
    const known = this.#announced >= length;
    if (known && this.#announced <= Math.max(FIRST_STEP_BYTES, this.#granted)) return this.#announced;
    const doubled = Math.max(length, 2 * this.#length, known ? FIRST_STEP_BYTES : FIRST_CAPACITY_BYTES);
    return Math.min(doubled, known ? this.#announced : this.#maxBytes);
  }

  #grant(bytes: number): GatherResult {
    if (bytes <= this.#granted) return 'ok';
    if (!this.#reserve.take(bytes - this.#granted)) return 'full';
    this.#granted = bytes;
    return 'ok';
  }
}
