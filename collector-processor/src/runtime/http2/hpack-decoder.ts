import { type Field, fieldOf, fieldSize } from './header-fields.ts';
import { DynamicTable, staticFields } from './hpack-tables.ts';
import { huffmanText } from './huffman.ts';

/** SETTINGS_HEADER_TABLE_SIZE as nobody has changed it. */
const TABLE_BYTES = 4096;
/** More bytes behind the prefix of a number would be beyond 2^28. */
const MAX_MORE_BYTES = 4;
const nothing = Buffer.alloc(0);

/** `too_large`: more than the list may have; the table is as it has to be. `broken`: the connection cannot go on. */
export type DecodedFields =
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'broken' };

/**
 * Headers of one connection (RFC 7541). Strings of the tables are shared, never copied, so that a small block cannot
 * become a large list; the list is bounded all the same. A block that is the same as the last one, with tables as they
 * were, gives the same fields without being read again.
 */
export class HpackDecoder {
  readonly #maxListBytes: number;
  readonly #table = new DynamicTable(TABLE_BYTES);
  #block: Buffer = nothing;
  #at = 0;
  #broken = false;
  #last: { readonly block: Buffer; readonly version: number; readonly decoded: DecodedFields } | undefined;

  constructor(maxListBytes: number) {
    this.#maxListBytes = maxListBytes;
  }

  /** The block may be overwritten afterwards. The same object is given for the same fields. */
  decode(block: Buffer): DecodedFields {
    const last = this.#last;
    if (last !== undefined && last.version === this.#table.version && last.block.equals(block)) return last.decoded;
    const { version } = this.#table;
    const decoded = this.#read(block);
    this.#block = nothing;
    // One that has changed the table means something else the next time.
    this.#last = version === this.#table.version ? { block: Buffer.from(block), version, decoded } : undefined;
    return decoded;
  }

  #read(block: Buffer): DecodedFields {
    this.#block = block;
    this.#at = 0;
    this.#broken = false;
    const fields: Field[] = [];
    let bytes = 0;
    while (this.#at < block.length) {
      const field = this.#representation(bytes === 0);
      if (this.#isBroken()) return { kind: 'broken' };
      if (field === undefined) continue;
      bytes += fieldSize(field);
      if (bytes <= this.#maxListBytes) fields.push(field);
    }
    return bytes <= this.#maxListBytes ? { kind: 'fields', fields } : { kind: 'too_large' };
  }

  #isBroken(): boolean {
    return this.#broken;
  }

  /** `undefined` for one that is no field. */
  #representation(first: boolean): Field | undefined {
    const byte = this.#block[this.#at] as number;
    if (byte >= 0x80) return this.#indexed(this.#number(0x7f));
    if (byte >= 0x40) {
      const field = this.#literal(0x3f);
      if (!this.#broken) this.#table.add(field);
      return field;
    }
    if (byte >= 0x20) {
      const capacity = this.#number(0x1f);
      if (capacity > TABLE_BYTES || !first) this.#broken = true;
      else this.#table.resize(capacity);
      return undefined;
    }
    return this.#literal(0x0f);
  }

  #literal(mask: number): Field {
    const index = this.#number(mask);
    const name = index === 0 ? this.#text() : this.#indexed(index).name;
    return fieldOf(name, this.#text());
  }

  #indexed(index: number): Field {
    const field = index <= staticFields.length ? staticFields[index - 1] : this.#table.at(index - staticFields.length);
    if (field !== undefined) return field;
    this.#broken = true;
    return { name: '', value: '', isValid: false };
  }

  /** In the lower bits of a byte, and in the bytes behind it when it does not fit (RFC 7541 §5.1). */
  #number(mask: number): number {
    const start = this.#next() & mask;
    if (start < mask) return start;
    let number = start;
    for (let more = 0; more < MAX_MORE_BYTES; more++) {
      const byte = this.#next();
      number += (byte & 0x7f) * 2 ** (7 * more);
      if (byte < 0x80) return number;
    }
    this.#broken = true;
    return 0;
  }

  #text(): string {
    const isHuffman = ((this.#block[this.#at] ?? 0) & 0x80) !== 0;
    const length = this.#number(0x7f);
    const from = this.#at;
    if (this.#broken || length > this.#block.length - from) {
      this.#broken = true;
      return '';
    }
    this.#at = from + length;
    if (!isHuffman) return this.#block.toString('latin1', from, this.#at);
    const text = huffmanText(this.#block.subarray(from, this.#at));
    if (text === undefined) this.#broken = true;
    return text ?? '';
  }

  #next(): number {
    const byte = this.#block[this.#at++];
    if (byte === undefined) this.#broken = true;
    return byte ?? 0;
  }
}
