import { MAX_DEPTH, WireType } from './schema.ts';

/** Bytes that are no protobuf message. `offset` is where reading stopped. */
export class WireFault extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads protobuf's wire format. Nothing at or beyond `end`, the end of the message being read, is ever touched. */
export class WireReader {
  position = 0;
  end: number;
  #depth = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.end = bytes.length;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads a length and narrows `end` to the block behind it. Gives the outer end, which `leave` wants back. */
  enter(): number {
    const outer = this.end;
    if (++this.#depth > MAX_DEPTH) throw new WireFault(`nested deeper than ${MAX_DEPTH} messages`, this.position);
    const length = this.#length();
    this.end = this.position + length;
    return outer;
  }

  leave(outer: number): void {
    this.#depth--;
    this.end = outer;
  }

  /** Field number and wire type as one number: `number * 8 + wire`. */
  tag(): number {
    const start = this.position;
    const tag = this.#uint32();
    if (tag < 8) throw new WireFault('field number 0', start);
    return tag;
  }

  varint64(): bigint {
    const start = this.position;
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.position < this.end ? this.#bytes[this.position++] : undefined;
      if (byte === undefined) throw new WireFault('cut off within a number', start);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new WireFault('a number of more than ten bytes', start);
  }

  fixed32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  fixed64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** A view, not a copy. */
  bytes(): Uint8Array {
    const start = this.#advance(this.#length());
    return this.#bytes.subarray(start, this.position);
  }

  text(): string {
    return decoder.decode(this.bytes());
  }

  skip(wire: number): void {
    if (wire === WireType.varint) this.varint64();
    else if (wire === WireType.fixed64) this.#advance(8);
    else if (wire === WireType.bytes) this.#advance(this.#length());
    else if (wire === WireType.fixed32) this.#advance(4);
    else throw new WireFault(`wire type ${wire}`, this.position);
  }

  #length(): number {
    const start = this.position;
    const length = this.#uint32();
    if (length > this.end - this.position) throw new WireFault('a length reaches beyond its message', start);
    return length;
  }

  /** Tags and lengths: at most five bytes, at most 32 bits. */
  #uint32(): number {
    const start = this.position;
    const value = this.varint64();
    if (this.position - start > 5 || value > 0xffffffffn) {
      throw new WireFault('a tag or length of more than 32 bits', start);
    }
    return Number(value);
  }

  #advance(size: number): number {
    const start = this.position;
    if (size > this.end - start) throw new WireFault('cut off within a value', start);
    this.position = start + size;
    return start;
  }
}
