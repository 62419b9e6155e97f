const encoder = new TextEncoder();
const SHORT = 128;

/**
 * Writes protobuf from the last byte to the first. The length of a nested message is then known when its prefix is
 * due, so that nothing is measured beforehand or moved afterwards. Callers write fields in reverse: value, then tag.
 */
export class ReverseWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #position: number;

  constructor(capacity = 4096) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#position = capacity;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#bytes.length - this.#position;
  }

  /** A copy of what was written; the writer is empty afterwards and may be used again. */
  take(): Uint8Array {
    const written = this.#bytes.slice(this.#position);
    this.#position = this.#bytes.length;
    return written;
  }

  /** An unsigned number up to 2^53 - 1. */
  varint(value: number): void {
    let size = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
    let at = this.#reserve(size);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes[at++] = (rest % 128) | 128;
    this.#bytes[at] = rest;
  }

  /** The low 64 bits; negative numbers take ten bytes, as protobuf wants it. */
  varint64(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    let size = 1;
    for (let left = rest >> 7n; left > 0n; left >>= 7n) size++;
    let at = this.#reserve(size);
    for (; rest >= 128n; rest >>= 7n) this.#bytes[at++] = Number(rest & 127n) | 128;
    this.#bytes[at] = Number(rest);
  }

  fixed32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
  }

  fixed64(value: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigUint64(at, value, true);
  }

  double(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  text(text: string): void {
    if (text.length > SHORT || !this.#ascii(text)) this.raw(encoder.encode(text));
  }

  /** Most texts are short and plain, and the encoder costs a call and an array. False, and nothing written, when it is not. */
  #ascii(text: string): boolean {
    const at = this.#reserve(text.length);
    const bytes = this.#bytes;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) {
        this.#position += text.length;
        return false;
      }
      bytes[at + i] = unit;
    }
    return true;
  }

  /** Makes room and gives its offset. May replace the buffer, so call it before the buffer is named. */
  #reserve(size: number): number {
    if (size > this.#position) this.#grow(size);
    this.#position -= size;
    return this.#position;
  }

  #grow(size: number): void {
    const { length } = this;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, length + size));
    larger.set(this.#bytes.subarray(this.#position), larger.length - length);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
    this.#position = larger.length - length;
  }
}
