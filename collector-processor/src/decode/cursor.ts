import { WireFault } from '../model/otlp/wire-reader.ts';

const nothing = new Uint8Array(0);
const TWO_32 = 4294967296;

/**
 * Steps through protobuf fields in place. `next` reads a tag and finds where the field ends, whatever its type, so that a
 * field that nobody wants is skipped by not being looked at. `end` is always the end of the enclosing message and never
 * lies beyond the payload: one check serves both. Faults are thrown as `WireFault`.
 */
export class Cursor {
  bytes: Uint8Array = nothing;
  view: DataView = new DataView(nothing.buffer);
  /** The next byte; after `next` the end of the field that was read. */
  at = 0;
  /** Where the value of the field that was read starts; for text and messages, behind their length. */
  start = 0;

  open(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  /**
   * Reads one field and gives its tag, `number * 8 + wire type`. To be called while `at < end`. The value is then
   * [start, at) and lies within the message.
   */
  next(end: number): number {
    const { bytes, at } = this;
    const tag = bytes[at] as number;
    if (tag < 8 || tag >= 128 || end - at < 2) return this.#nextLong(end);
    const wire = tag & 7;
    const second = bytes[at + 1] as number;
    if (wire === 2 && second < 128) {
      if (second > end - at - 2) throw new WireFault('a value reaches beyond its message', at);
      this.start = at + 2;
      this.at = at + 2 + second;
      return tag;
    }
    if (wire === 1 && end - at >= 9) {
      this.start = at + 1;
      this.at = at + 9;
      return tag;
    }
    if (wire === 0 && second < 128) {
      this.start = at + 1;
      this.at = at + 2;
      return tag;
    }
    return this.#nextLong(end);
  }

  /** The same for every field: `next` is kept small for what is frequent, so that it is inlined. */
  #nextLong(end: number): number {
    const tag = this.#uint32(end);
    if (tag < 8) throw new WireFault('field number 0', this.at);
    switch (tag & 7) {
      case 0:
        this.start = this.at;
        this.at = this.#varint(this.start, end);
        return tag;
      case 1:
        this.#advance(8, end);
        return tag;
      case 2:
        this.#advance(this.#uint32(end), end);
        return tag;
      case 5:
        this.#advance(4, end);
        return tag;
      default:
        throw new WireFault(`wire type ${tag & 7}`, this.at);
    }
  }

  #advance(size: number, end: number): void {
    const { at } = this;
    if (size > end - at) throw new WireFault('a value reaches beyond its message', at);
    this.start = at;
    this.at = at + size;
  }

  /** Goes back to the start of the message that `next` found, and gives its end. */
  enter(): number {
    const end = this.at;
    this.at = this.start;
    return end;
  }

  /** Start of the id that `next` found, or -1 when it has another length: an invalid id counts as none. */
  id(length: number): number {
    return this.at - this.start === length ? this.start : -1;
  }

  /** The low 32 bits of the varint that `next` found, unsigned. */
  uint32(): number {
    const byte = this.bytes[this.start] as number;
    if (byte < 128) return byte;
    this.#varint(this.start, this.at);
    return low;
  }

  /** Whether the varint that `next` found is 0, however long. */
  isZero(): boolean {
    this.#varint(this.start, this.at);
    return low === 0 && high === 0;
  }

  sint32(): number {
    const zigzag = this.uint32();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** The varint at `start` as a double, exact below 2^53; `at` is then behind it. For packed numbers. */
  uint64(end: number): number {
    const { at } = this;
    const byte = at < end ? (this.bytes[at] as number) : 128;
    if (byte < 128) {
      this.at = at + 1;
      return byte;
    }
    this.at = this.#varint(at, end);
    return high * TWO_32 + low;
  }

  /** The varint in [start, end) with a sign as a double; exact within 2^53. */
  int64(start: number, end: number): number {
    this.#varint(start, end);
    return (high | 0) * TWO_32 + low;
  }

  /** The varint in [start, end) with all its bits and a sign; allocates. */
  bigint(start: number, end: number): bigint {
    this.#varint(start, end);
    return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
  }

  /** Tags and lengths: at most five bytes, at most 32 bits. */
  #uint32(end: number): number {
    const { at, bytes } = this;
    if (end - at >= 2 && (bytes[at + 1] as number) < 128 && (bytes[at] as number) >= 128) {
      this.at = at + 2;
      return ((bytes[at] as number) & 127) | ((bytes[at + 1] as number) << 7);
    }
    const behind = this.#varint(at, end);
    if (behind - at > 5 || high !== 0) throw new WireFault('a tag or length of more than 32 bits', at);
    this.at = behind;
    return low;
  }

  /** Reads a varint of up to ten bytes into `low` and `high` and gives the offset behind it. */
  #varint(start: number, end: number): number {
    const { bytes } = this;
    let at = start;
    low = 0;
    high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) throw new WireFault('cut off within a number', start);
      const byte = bytes[at++] as number;
      const bits = byte & 127;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low = (low | (bits << 28)) >>> 0;
        high = bits >>> 4;
      } else high = (high | (bits << (shift - 32))) >>> 0;
      if (byte >= 128) continue;
      low >>>= 0;
      return at;
    }
    throw new WireFault('a number of more than ten bytes', start);
  }
}

/** The halves of the number that `#varint` read last, unsigned. */
let low = 0;
let high = 0;
