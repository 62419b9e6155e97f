import { ABSENT } from '../model/symbols.ts';
import { Member } from './any-value.ts';
import { type Attribute } from './attribute.ts';
import { type Cursor } from './cursor.ts';
import { Hash } from './hash.ts';
import { type SymbolTable } from './symbol-table.ts';

const SMALL = 1024;

/** What is made of an attribute's value when it is text, a number or a boolean; lists, maps and bytes count as absent. */
export class ScalarValues {
  readonly #cursor: Cursor;
  readonly #symbols: SymbolTable;
  readonly #hash = new Hash();
  /** Symbols of the numbers 0 to 1023, such as HTTP status codes; ABSENT while unknown. */
  readonly #small = new Int32Array(SMALL);
  #generation = 0;

  constructor(cursor: Cursor, symbols: SymbolTable) {
    this.#cursor = cursor;
    this.#symbols = symbols;
  }

  /** Numbers and booleans as their text. */
  symbol(attribute: Attribute): number {
    const { member, valueStart, valueEnd } = attribute;
    if (member === Member.text) return this.#symbols.internFree(this.#cursor.bytes, valueStart, valueEnd);
    if (member === Member.int) return this.#ofInteger(attribute);
    if (member === Member.double) return this.#ofText(String(this.#cursor.view.getFloat64(valueStart, true)));
    return member === Member.bool ? this.#ofText(String(this.#cursor.int64(valueStart, valueEnd) !== 0)) : ABSENT;
  }

  /** NaN when it is no number; decimal text is one. */
  number(attribute: Attribute): number {
    const { member, valueStart, valueEnd } = attribute;
    if (member === Member.int) return this.#cursor.int64(valueStart, valueEnd);
    if (member === Member.double) return this.#cursor.view.getFloat64(valueStart, true);
    if (member !== Member.text || valueEnd - valueStart > 20) return NaN;
    return Number.parseFloat(Buffer.from(this.#cursor.bytes.subarray(valueStart, valueEnd)).toString());
  }

  /** 32 bits, never 0 for text that is not empty; 0 for everything else. */
  textHash({ member, valueStart, valueEnd }: Attribute): number {
    if (member !== Member.text || valueStart === valueEnd) return 0;
    const hash = this.#hash;
    hash.start();
    hash.add(this.#cursor.view, valueStart, valueEnd);
    hash.finish();
    return hash.low === 0 ? 1 : hash.low >>> 0;
  }

  #ofInteger({ valueStart, valueEnd }: Attribute): number {
    if (this.#symbols.generation !== this.#generation) this.#forgetSmall();
    const value = this.#cursor.int64(valueStart, valueEnd);
    if (value < 0 || value >= SMALL) return this.#ofText(String(this.#cursor.bigint(valueStart, valueEnd)));
    const known = this.#small[value] as number;
    if (known !== ABSENT) return known;
    const symbol = this.#ofText(String(value));
    this.#small[value] = symbol;
    return symbol;
  }

  #forgetSmall(): void {
    this.#small.fill(ABSENT);
    this.#generation = this.#symbols.generation;
  }

  #ofText(text: string): number {
    const bytes = Buffer.from(text);
    return this.#symbols.internFree(bytes, 0, bytes.length);
  }
}
