import {
  byteKinds,
  Code,
  CORE,
  ENDS_WORD,
  HASH_BASIS,
  hashByte,
  kindAt,
  LINE_END,
  NOT_HEX,
  QUOTE,
  SEPARATOR,
  SLASH,
  VARIES,
} from './byte-kinds.ts';
import {
  afterEscape,
  endOfGroups,
  endOfItems,
  endOfList,
  endOfQuoted,
  isEmptyValue,
  isEscapedQuote,
  isPort,
  isScheme,
} from './line-shapes.ts';
import type { Skeleton } from './skeleton.ts';
import { emptyValues, literals, messageKeys, topLevelDomains } from './vocabulary.ts';

/**
 * Reads a log line as words and holes. Whitespace and punctuation only separate; a part is a hole (what varies) when it
 * holds a digit, or is a path, an address, a host, an e-mail, a hexadecimal word, quoted text that is no sentence, a list
 * or an object. A key keeps its equals sign. Of several lines the first that has words is read. Written by hand over bytes: a few nanoseconds a byte, no string and no object.
 */
export const MAX_LENGTH = 1024;
const LONG_HEX = 8;
const MAX_KEY_DIGITS = 3;

export function tokenize(bytes: Uint8Array, start: number, end: number, out: Skeleton): void {
  const stop = end - start <= MAX_LENGTH ? end : wholeWords(bytes, start, start + MAX_LENGTH);
  let at = start;
  while (at < stop && !out.isFull) {
    const first = byteKinds[bytes[at] as number] as number;
    if ((first & ENDS_WORD) !== 0) {
      if (first === LINE_END && out.count > 0) return;
      at = skipBreak(bytes, at, start, stop, first, out);
    } else if ((first & CORE) === 0) at++;
    else if (isEscapedQuote(bytes, at, stop)) at += 2;
    else at = takeWord(bytes, at, start, stop, out);
  }
}

/** A word that would be cut off is left out. */
export function wholeWords(bytes: Uint8Array, start: number, stop: number): number {
  let end = stop;
  while (end > start && (kindAt(bytes, end - 1, stop) & ENDS_WORD) === 0) end--;
  return end > start ? end : stop;
}

/** Goes behind what separates words, which may be a whole quoted text or list. */
function skipBreak(bytes: Uint8Array, at: number, start: number, stop: number, kind: number, out: Skeleton): number {
  const code = bytes[at] as number;
  const looks = kind === QUOTE || code === Code.openBrace || code === Code.openBracket;
  if (looks && --out.looksLeft < 0) return at + 1;
  if (kind === QUOTE) {
    const keyed = at > start && bytes[at - 1] === Code.equals;
    if (keyed && messageKeys.has(out.lastWord)) return at + 1;
    const close = endOfQuoted(bytes, at, start, stop);
    if (close === 0) return at + 1;
    out.hole();
    return close + 1;
  }
  if (looks) {
    const close = endOfList(bytes, at, stop);
    if (close === 0) return at + 1;
    out.hole();
    return close + 1;
  }
  return Math.max(at + 1, afterEscape(bytes, at, stop));
}

function takeWord(bytes: Uint8Array, from: number, start: number, stop: number, out: Skeleton): number {
  let hash = HASH_BASIS;
  let label = HASH_BASIS;
  let gathered = 0;
  let slashes = 0;
  let dots = 0;
  let address = false;
  let end = from;
  let coreHash = hash;
  let coreLabel = label;
  let coreDots = 0;
  let at = from;
  for (; at < stop; at++) {
    const code = bytes[at] as number;
    const kind = byteKinds[code] as number;
    if ((kind & ENDS_WORD) !== 0) {
      if (kind !== SEPARATOR || !(address || isScheme(bytes, from, at, stop))) break;
      address = true;
    }
    if (code === Code.backslash && isEscapedQuote(bytes, at, stop)) break;
    gathered |= kind;
    slashes += kind & SLASH;
    hash = hashByte(hash, code);
    if (code !== Code.dot) label = hashByte(label, code);
    else if (bytes[at + 1] === Code.dot) break;
    else {
      dots++;
      label = HASH_BASIS;
    }
    // Punctuation behind a word is no part of it.
    if ((kind & CORE) === 0) continue;
    end = at + 1;
    coreHash = hash;
    coreLabel = label;
    coreDots = dots;
  }
  const hexadecimal = (gathered & NOT_HEX) === 0;
  if (hexadecimal && bytes[at] === Code.colon && at - from <= 4) {
    const groups = endOfGroups(bytes, from, stop);
    if (groups > 0) {
      out.hole();
      return groups;
    }
  }
  const keyed = from > start && bytes[from - 1] === Code.equals;
  const varies =
    (gathered & VARIES) !== 0 ||
    address ||
    (hexadecimal && end - from >= LONG_HEX) ||
    (slashes !== 0 && isPath(bytes, from, end, slashes, coreDots)) ||
    (coreDots > 0 && (keyed || isPort(bytes, at, stop) || topLevelDomains.has(coreLabel || 1))) ||
    literals.has(coreHash) ||
    (keyed && emptyValues.has(coreHash));
  const isKey = bytes[at] === Code.equals && at === end && !(varies && !isNumberedKey(bytes, from, end, slashes));
  if (isKey) {
    out.key(from, at, hashByte(coreHash, Code.equals) || 1);
    if (isEmptyValue(bytes, at + 1, stop)) out.hole();
    return at + 1;
  }
  if (bytes[at] === Code.comma && (kindAt(bytes, at + 1, stop) & ENDS_WORD) === 0) {
    const items = endOfItems(bytes, at, stop);
    if (items > 0) {
      out.hole();
      return items;
    }
  }
  if (varies) out.hole();
  else out.word(from, end, coreHash || 1);
  return Math.max(at, from + 1);
}

/** `p95=` and `md5=` are keys all the same. */
function isNumberedKey(bytes: Uint8Array, from: number, end: number, slashes: number): boolean {
  if (slashes > 0 || (kindAt(bytes, from, end) & VARIES) !== 0) return false;
  let varying = 0;
  for (let at = from; at < end; at++) if ((kindAt(bytes, at, end) & VARIES) !== 0) varying++;
  return varying <= MAX_KEY_DIGITS;
}

/** `/a`, `a/b/c`, `a/`, `a/b.c`; but not `read/write`. */
function isPath(bytes: Uint8Array, from: number, end: number, slashes: number, dots: number): boolean {
  const edge = ((byteKinds[bytes[from] as number] as number) | (byteKinds[bytes[end - 1] as number] as number)) & SLASH;
  return slashes > SLASH || edge !== 0 || dots > 0;
}
