import { HOLE, laneHigh, laneLow } from './lanes.ts';
import { tokenize } from './tokenizer.ts';
import { calendar, units } from './vocabulary.ts';

export const MAX_TOKENS = 64;
const MAX_LOOKS = 32;

const decoder = new TextDecoder();

/**
 * A line as hashes of its words and holes. Neighbouring holes are one, so `0 bytes sent` is `18 bytes (1.4 KB) sent`. One
 * object is reused for all lines; words become text only when a line's skeleton has not been seen before.
 */
export class Skeleton {
  readonly words = new Int32Array(MAX_TOKENS);
  count = 0;
  /** Hash of the whole; see lanes.ts. */
  low = 0;
  high = 0;
  /** Looks ahead that may still be taken in this line: each is bounded, and so is their number. */
  looksLeft = 0;
  private readonly starts = new Int32Array(MAX_TOKENS);
  private readonly ends = new Int32Array(MAX_TOKENS);
  private readonly keyed = new Uint8Array(MAX_TOKENS);
  private bytes: Uint8Array = new Uint8Array(0);

  /** Of a text, as words and holes. */
  read(bytes: Uint8Array, start: number, end: number): this {
    this.start(bytes);
    tokenize(bytes, start, end, this);
    return this.finish();
  }

  /** To be followed by `word`, `key` and `hole`, and then by `finish`. */
  start(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.count = 0;
    this.looksLeft = MAX_LOOKS;
  }

  finish(): this {
    let low = 0;
    let high = 0;
    for (let at = 0; at < this.count; at++) {
      const word = this.words[at] as number;
      low = (low + laneLow(word, at)) | 0;
      high = (high + laneHigh(word, at)) | 0;
    }
    this.low = low;
    this.high = high;
    return this;
  }

  get isFull(): boolean {
    return this.count >= MAX_TOKENS;
  }

  /** 0 at the start and after a hole. */
  get lastWord(): number {
    return this.count === 0 ? HOLE : (this.words[this.count - 1] as number);
  }

  word(start: number, end: number, hash: number): void {
    const { count } = this;
    if (count >= MAX_TOKENS) return;
    if (count > 0 && this.words[count - 1] === HOLE && units.has(hash)) return;
    this.put(hash, start, end);
    this.keyed[count] = 0;
  }

  /** A word that names what follows. */
  key(start: number, end: number, hash: number): void {
    const { count } = this;
    if (count >= MAX_TOKENS) return;
    this.put(hash, start, end);
    this.keyed[count] = 1;
  }

  hole(): void {
    while (this.count > 0 && calendar.has(this.words[this.count - 1] as number)) this.count--;
    const { count } = this;
    if (count >= MAX_TOKENS || (count > 0 && this.words[count - 1] === HOLE)) return;
    this.put(HOLE, 0, 0);
    this.keyed[count] = 0;
  }

  /** Of a hole: empty; of a key: with an equals sign. Valid until the next line is read. */
  textOf(at: number): string {
    const text = decoder.decode(this.bytes.subarray(this.starts[at], this.ends[at]));
    return this.keyed[at] === 1 ? `${text}=` : text;
  }

  texts(): string[] {
    return Array.from({ length: this.count }, (_unused, at) => this.textOf(at));
  }

  private put(hash: number, start: number, end: number): void {
    const { count } = this;
    this.words[count] = hash;
    this.starts[count] = start;
    this.ends[count] = end;
    this.count = count + 1;
  }
}
