import { BodyBuffer, type ByteReserve, type GatherResult } from '../body-buffer.ts';
import { type BodyMemory } from '../body-memory.ts';
import { FRAME_PREFIX_BYTES } from './frame.ts';

/**
 * `partial`: more to come. `complete`: exactly one message so far. `bad_flag`: the first byte is neither 0 nor 1.
 * `excess`: bytes behind the one message of a unary call. All but the first two are final.
 */
export type ReadResult = 'partial' | 'complete' | 'bad_flag' | 'excess' | Exclude<GatherResult, 'ok'>;

/**
 * Reads the one message of a unary call, or of its answer, from the chunks of an HTTP/2 stream. The length in the prefix
 * is held against the cap and the reserve before anything behind it is kept. Chunks are copied, and stay their owner's.
 */
export class MessageReader {
  readonly #body: BodyBuffer;
  #flag = 0;
  #length = 0;
  #prefixBytes = 0;

  constructor(maxMessageBytes: number, reserve: ByteReserve, memory?: BodyMemory) {
    this.#body = new BodyBuffer(maxMessageBytes, reserve, memory);
  }

  /** Whether the message is compressed (with the `grpc-encoding` of its headers). */
  get compressed(): boolean {
    return this.#flag === 1;
  }

  /** Bytes as the prefix announces them; 0 before it has been read. */
  get announcedBytes(): number {
    return this.#length;
  }

  /** Nothing has arrived at all. */
  get untouched(): boolean {
    return this.#prefixBytes === 0;
  }

  /** Valid once `push` has returned `complete`. */
  message(): Uint8Array {
    return this.#body.bytes();
  }

  /** See `BodyBuffer`. */
  release(): void {
    this.#body.release();
  }

  push(chunk: Uint8Array): ReadResult {
    let at = 0;
    if (this.#prefixBytes < FRAME_PREFIX_BYTES) {
      at = this.#readPrefix(chunk);
      if (this.#prefixBytes < FRAME_PREFIX_BYTES) return 'partial';
      if (this.#flag > 1) return 'bad_flag';
      const announced = this.#body.announce(this.#length);
      if (announced !== 'ok') return announced;
    }
    if (at < chunk.length) {
      if (this.#body.length + chunk.length - at > this.#length) return 'excess';
      const kept = this.#body.copy(at === 0 ? chunk : chunk.subarray(at));
      if (kept !== 'ok') return kept;
    }
    return this.#body.length === this.#length ? 'complete' : 'partial';
  }

  /** Returns how many bytes of the chunk belong to the prefix. */
  #readPrefix(chunk: Uint8Array): number {
    let at = 0;
    for (; at < chunk.length && this.#prefixBytes < FRAME_PREFIX_BYTES; at++, this.#prefixBytes++) {
      const byte = chunk[at] ?? 0;
      if (this.#prefixBytes === 0) this.#flag = byte;
      else this.#length = this.#length * 256 + byte;
    }
    return at;
  }
}
