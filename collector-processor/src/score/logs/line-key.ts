import { byteKinds, Code, CORE, ENDS_WORD, HASH_BASIS, LINE_END, NOT_HEX, SLASH, SPACE, VARIES } from './byte-kinds.ts';
import { MAX_LENGTH, wholeWords } from './tokenizer.ts';

const MARK = 0x2545f491;
/** Hexadecimal groups are short; see `endOfGroups`. */
const MAX_GROUP = 4;

/**
 * A hash of a line in which each word with a digit counts as one mark: lines with the same key have the same skeleton, so
 * that those that come again need not be read as words. What else the tokenizer looks at in such a word is part of its
 * mark: how it starts and ends, whether a key may be in it, whether it is a short hexadecimal group.
 */
export class LineKey {
  low = 0;
  high = 0;
  /** Where reading ended: at the end of the first line that has words. */
  end = 0;

  read(bytes: Uint8Array, start: number, end: number): this {
    const stop = end - start <= MAX_LENGTH ? end : wholeWords(bytes, start, start + MAX_LENGTH);
    let low = HASH_BASIS;
    let high = MARK;
    let before = 0;
    let worded = 0;
    let at = start;
    for (;;) {
      const from = at;
      let gathered = 0;
      let kind = LINE_END;
      for (; at < stop; at++) {
        kind = byteKinds[bytes[at] as number] as number;
        if ((kind & ENDS_WORD) !== 0) break;
        gathered |= kind;
      }
      const code = at < stop ? (bytes[at] as number) : 0;
      const basis = HASH_BASIS ^ (before << 8);
      let hash: number;
      if ((gathered & VARIES) === 0 || code === Code.equals || hasDots(bytes, from, at, gathered)) {
        hash = hashOf(bytes, from, at, basis);
      } else {
        hash = Math.imul(basis ^ gathered, MARK) ^ edges(bytes, from, at);
        if ((gathered & NOT_HEX) === 0 && (before === Code.colon || code === Code.colon))
          hash += Math.min(at - from, MAX_GROUP + 1);
      }
      low = Math.imul(low ^ hash, 0x85ebca6b);
      high = Math.imul(high + hash, 0xc2b2ae35);
      low ^= low >>> 15;
      high ^= high >>> 14;
      worded |= gathered & CORE;
      if (at >= stop || (kind === LINE_END && worded !== 0)) break;
      before = code;
      at++;
      if (kind === SPACE) while (at < stop && byteKinds[bytes[at] as number] === SPACE) at++;
    }
    this.low = low;
    this.high = high;
    this.end = at;
    return this;
  }
}

/** Slashes and punctuation at the ends of a word. */
function edges(bytes: Uint8Array, from: number, end: number): number {
  const first = bytes[from] as number;
  const last = bytes[end - 1] as number;
  const start = ((byteKinds[first] as number) & SLASH) === 0 ? 0 : first;
  const kind = byteKinds[last] as number;
  return (kind & SLASH) === 0 && (kind & CORE) !== 0 ? start : (start << 8) ^ last;
}

/** Two in a row: `1..9`. */
function hasDots(bytes: Uint8Array, from: number, end: number, gathered: number): boolean {
  if ((gathered & NOT_HEX) === 0) return false;
  for (let at = from + 1; at < end; at++) if (bytes[at] === Code.dot && bytes[at - 1] === Code.dot) return true;
  return false;
}

/** Four bytes a step; no word has a zero in it, so that the last ones may be filled up with them. */
function hashOf(bytes: Uint8Array, from: number, end: number, basis: number): number {
  let hash = basis;
  let at = from;
  for (; at < end - 3; at += 4) {
    const pair = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    hash = step(hash, pair | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24));
  }
  if (at === end) return hash;
  let last = 0;
  for (; at < end; at++) last = (last << 8) | (bytes[at] as number);
  return step(hash, last);
}

function step(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0xcc9e2d51);
  return (mixed << 13) | (mixed >>> 19);
}
