import { byteKinds, Code, HASH_BASIS, hashByte, LINE_END, SPACE } from './byte-kinds.ts';
import type { Skeleton } from './skeleton.ts';
import { WordSet } from './vocabulary.ts';

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** In this order: an object may have several of them. */
const messageNames = ['message', 'msg', 'body', 'log', 'event', 'error', 'err', 'text', 'reason'] as const;
const anyMessageName = new WordSet([...messageNames, 'Message', 'Msg']);
const MAX_LENGTH = 8192;
/** Keys of deeper objects are part of a value. */
export const MAX_KEY_DEPTH = 3;

/**
 * Where the message of a line that is a JSON object stands: the first text under one of the usual names, on the top level.
 * Nothing is parsed and nothing has to be valid; undefined for a line that is no object or has no message.
 */
export function findMessage(bytes: Uint8Array, start: number, end: number): TextRange | undefined {
  if (!isJsonObject(bytes, start, end)) return undefined;
  const stop = Math.min(end, start + MAX_LENGTH);
  let depth = 0;
  let found: TextRange | undefined;
  for (let at = start; at < stop; at++) {
    const code = bytes[at] as number;
    if (code === Code.openBrace || code === Code.openBracket) depth++;
    else if (code === Code.closeBrace || code === Code.closeBracket) depth--;
    if (code !== Code.quote) continue;
    const name = at + 1;
    at = closing(bytes, name, stop);
    const colon = skipSpace(bytes, at + 1, stop);
    if (depth !== 1 || bytes[colon] !== Code.colon) continue;
    const value = skipSpace(bytes, colon + 1, stop);
    if (bytes[value] !== Code.quote) {
      at = value - 1;
      continue;
    }
    const close = closing(bytes, value + 1, stop);
    const rank = rankOf(bytes, name, at);
    at = close;
    if (rank === 0) return { start: value + 1, end: close };
    if (rank > 0) found ??= { start: value + 1, end: close };
  }
  return found;
}

/** Whether the text looks like an object with at least one key. */
export function isJsonObject(bytes: Uint8Array, start: number, end: number): boolean {
  const open = skipSpace(bytes, start, end);
  return bytes[open] === Code.openBrace && bytes[skipSpace(bytes, open + 1, end)] === Code.quote;
}

/** The keys of a JSON object in their order, those of objects inside too, each with a hole for its value. */
export function readJsonKeys(bytes: Uint8Array, start: number, end: number, out: Skeleton): void {
  const stop = Math.min(end, start + MAX_LENGTH);
  let lists = 0;
  let depth = 0;
  for (let at = start; at < stop && !out.isFull; at++) {
    const code = bytes[at] as number;
    if (code === Code.openBracket) lists++;
    else if (code === Code.closeBracket) lists--;
    else if (code === Code.openBrace) depth++;
    else if (code === Code.closeBrace) depth--;
    if (code !== Code.quote) continue;
    const name = at + 1;
    at = closing(bytes, name, stop);
    const colon = skipSpace(bytes, at + 1, stop);
    if (bytes[colon] !== Code.colon || lists > 0 || depth > MAX_KEY_DEPTH) continue;
    out.key(name, at, hashKey(bytes, name, at));
    at = skipSpace(bytes, colon + 1, stop);
    if (bytes[at] !== Code.openBrace) out.hole();
    if (bytes[at] === Code.quote) at = closing(bytes, at + 1, stop);
    else at--;
  }
}

export function hashKey(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_BASIS;
  for (let at = start; at < end; at++) hash = hashByte(hash, bytes[at] as number);
  return hashByte(hash, Code.equals) || 1;
}

/** 0 for the names that can be nothing else, -1 for no message. */
export function rankOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_BASIS;
  for (let at = start; at < end; at++) hash = hashByte(hash, bytes[at] as number);
  if (!anyMessageName.has(hash)) return -1;
  return bytes[start] === Code.smallM || bytes[start] === Code.capitalM ? 0 : 1;
}

function closing(bytes: Uint8Array, from: number, stop: number): number {
  let at = from;
  while (at < stop && bytes[at] !== Code.quote) at += bytes[at] === Code.backslash ? 2 : 1;
  return Math.min(at, stop);
}

function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && ((byteKinds[bytes[at] as number] as number) & (SPACE | LINE_END)) !== 0) at++;
  return at;
}
