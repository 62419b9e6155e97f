import {
  byteKinds,
  Code,
  CORE,
  ENDS_WORD,
  HASH_BASIS,
  hashByte,
  kindAt,
  LINE_END,
  QUOTE,
  SEPARATOR,
  SPACE,
  VARIES,
  NOT_HEX,
} from './byte-kinds.ts';
import { httpMethods } from './vocabulary.ts';

/** Shapes that only a look ahead tells: quoted text, lists, addresses of hexadecimal groups. Each look is bounded. */

const MAX_QUOTED = 512;
const MAX_LIST = 512;
const PROSE_WORDS = 3;
const MAX_GROUP = 4;
const MAX_GROUPS = 64;

/** Nothing stands between an equals sign and the next word: `rhost= user=root`. */
export function isEmptyValue(bytes: Uint8Array, at: number, stop: number): boolean {
  const kind = kindAt(bytes, at, stop);
  return (kind & (SPACE | LINE_END)) !== 0 || bytes[at] === Code.comma;
}

/** A text inside a text: its quotes only separate. */
export function isEscapedQuote(bytes: Uint8Array, at: number, stop: number): boolean {
  return bytes[at] === Code.backslash && kindAt(bytes, at + 1, stop) === QUOTE;
}

/** A colon and a digit: what stands before it is a host. */
export function isPort(bytes: Uint8Array, at: number, stop: number): boolean {
  return bytes[at] === Code.colon && kindAt(bytes, at + 1, stop) === (VARIES | CORE);
}

/** The `://` of an address, all of which is one hole, or the `:\` of a drive. */
export function isScheme(bytes: Uint8Array, from: number, at: number, stop: number): boolean {
  if (at + 2 >= stop || bytes[at] !== Code.colon) return false;
  if (bytes[at + 1] === Code.slash) return bytes[at + 2] === Code.slash;
  return bytes[at + 1] === Code.backslash && at - from === 1;
}

/** Behind a terminal's colour code that starts at `at`; `at` when there is none. */
export function afterEscape(bytes: Uint8Array, at: number, stop: number): number {
  if (bytes[at] !== Code.escape || bytes[at + 1] !== Code.openBracket) return at;
  let end = at + 2;
  while (end < stop && (bytes[end] as number) < 0x40 && (bytes[end] as number) >= 0x20) end++;
  return Math.min(stop, end + 1);
}

/** End of `fe80::1f:2a` or `12:34:56`: at least two colons between groups of at most four digits; 0 when it is none. */
export function endOfGroups(bytes: Uint8Array, from: number, stop: number): number {
  let colons = 0;
  let group = 0;
  let at = from;
  const last = Math.min(stop, from + MAX_GROUPS);
  for (; at < last; at++) {
    const code = bytes[at] as number;
    if (code === Code.colon) {
      colons++;
      group = 0;
      continue;
    }
    const kind = byteKinds[code] as number;
    if ((kind & CORE) === 0 || (kind & NOT_HEX) !== 0) break;
    if (++group > MAX_GROUP) return 0;
  }
  // A word that goes on is no group.
  return colons < 2 || group === 0 || (kindAt(bytes, at, stop) & CORE) !== 0 ? 0 : at;
}

/** End of `a,b,c` when the word before the comma at `at` and at least two more are all there is up to a space; else 0. */
export function endOfItems(bytes: Uint8Array, at: number, stop: number): number {
  let commas = 0;
  let end = at;
  const last = Math.min(stop, at + MAX_LIST);
  for (; end < last; end++) {
    const code = bytes[end] as number;
    const kind = byteKinds[code] as number;
    if ((kind & (SPACE | LINE_END)) !== 0) break;
    if (code !== Code.comma) {
      if ((kind & (SEPARATOR | QUOTE)) !== 0) break;
    } else if ((kindAt(bytes, end + 1, stop) & ENDS_WORD) === 0) commas++;
    else break;
  }
  return commas < 2 || bytes[end] === Code.equals || bytes[end] === Code.colon ? 0 : end;
}

/** Place of the bracket that closes a list, a map or an object opened at `open`; 0 when it holds something else. */
export function endOfList(bytes: Uint8Array, open: number, stop: number): number {
  const brace = bytes[open] === Code.openBrace;
  const last = Math.min(stop, open + MAX_LIST);
  let depth = 0;
  let listed = false;
  let words = 1;
  for (let at = open; at < last; at++) {
    const code = bytes[at] as number;
    if (code === Code.openBrace || code === Code.openBracket) depth++;
    else if (code === Code.closeBrace || code === Code.closeBracket) {
      if (--depth === 0) return listed && (brace || words <= 1) ? at : 0;
    } else if (code === Code.comma) {
      listed = true;
      words = 0;
    } else if (code === Code.colon || code === Code.equals) listed ||= brace;
    else if (byteKinds[code] === LINE_END) return 0;
    // Items of a list are single words; a sentence with a comma has more.
    else if (!brace && startsWord(bytes, at) && ++words > 1 && listed) return 0;
  }
  return 0;
}

/** Place of the quote that closes the one at `open` around a value; 0 when there is none, or it is a sentence or a request line. */
export function endOfQuoted(bytes: Uint8Array, open: number, start: number, stop: number): number {
  if (open > start && (kindAt(bytes, open - 1, stop) & (SPACE | SEPARATOR)) === 0) return 0;
  const last = Math.min(stop, open + MAX_QUOTED);
  let at = open + 1;
  for (; at < last && bytes[at] !== bytes[open]; at++) {
    if (byteKinds[bytes[at] as number] === LINE_END) return 0;
    if (bytes[at] === Code.backslash) at++;
  }
  return at >= last || isSentence(bytes, open + 1, at) ? 0 : at;
}

/** At least three plain words, and more of them than of anything else; or an HTTP method in front. */
function isSentence(bytes: Uint8Array, start: number, end: number): boolean {
  let plain = 0;
  let other = 0;
  for (let at = start; at < end; at++) {
    const from = at;
    let hash = HASH_BASIS;
    let letters = true;
    for (; at < end && bytes[at] !== Code.space; at++) {
      const code = bytes[at] as number;
      hash = hashByte(hash, code);
      if (!isLetter(code) && at + 1 < end && bytes[at + 1] !== Code.space) letters = false;
    }
    if (at === from) continue;
    if (from === start && at < end && httpMethods.has(hash)) return true;
    if (letters && at - from > 1) plain++;
    else other++;
  }
  return plain >= PROSE_WORDS && plain > other;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code >= 0x80;
}

function startsWord(bytes: Uint8Array, at: number): boolean {
  const kind = byteKinds[bytes[at] as number] as number;
  return (kind & ENDS_WORD) === 0 && (kindAt(bytes, at - 1, at) & (SPACE | LINE_END | SEPARATOR | QUOTE)) !== 0;
}
