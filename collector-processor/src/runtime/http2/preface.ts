import { PREFACE } from './frames.ts';

/** What every client says first (RFC 9113 §3.4). */
export class Preface {
  #bytes = 0;

  get isComplete(): boolean {
    return this.#bytes === PREFACE.length;
  }

  /** How many bytes of the chunk belong to it; what has come so far when it is something else. */
  read(chunk: Buffer): number | Buffer {
    const taken = Math.min(PREFACE.length - this.#bytes, chunk.length);
    if (PREFACE.compare(chunk, 0, taken, this.#bytes, this.#bytes + taken) !== 0) {
      return Buffer.concat([PREFACE.subarray(0, this.#bytes), chunk]);
    }
    this.#bytes += taken;
    return taken;
  }
}
