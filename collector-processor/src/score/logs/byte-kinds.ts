/** What a byte is, as bits that can be gathered over a word. */
export const SPACE = 1;
export const SEPARATOR = 2;
export const LINE_END = 4;
export const QUOTE = 8;
/** Digits and the at sign: a word that has one is a hole. */
export const VARIES = 16;
export const NOT_HEX = 32;
export const SLASH = 64;
/** Not mere punctuation. */
export const CORE = 128;
export const ENDS_WORD = SPACE | SEPARATOR | LINE_END | QUOTE;

export const Code = {
  escape: 0x1b,
  space: 0x20,
  quote: 0x22,
  hash: 0x23,
  apostrophe: 0x27,
  comma: 0x2c,
  dot: 0x2e,
  slash: 0x2f,
  colon: 0x3a,
  equals: 0x3d,
  capitalM: 0x4d,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  smallM: 0x6d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

export const byteKinds = new Uint8Array(256).fill(NOT_HEX | CORE);
function classify(characters: string, as: number): void {
  for (const character of characters) byteKinds[character.charCodeAt(0)] = as;
}
for (let code = 0; code < 32; code++) byteKinds[code] = SPACE;
classify(' \t', SPACE);
classify('\r\n', LINE_END);
classify(',;:=()[]{}<>|', SEPARATOR);
classify('0123456789', VARIES | CORE);
classify('abcdefABCDEF', CORE);
classify('/\\', SLASH | NOT_HEX | CORE);
classify('@', VARIES | NOT_HEX | CORE);
classify('"\'`', QUOTE);
classify('.-_*+#!?%&$~^', NOT_HEX);

/** Kind of the byte at `at`; a line end beyond the end. */
export function kindAt(bytes: Uint8Array, at: number, stop: number): number {
  return at >= 0 && at < stop ? (byteKinds[bytes[at] as number] as number) : LINE_END;
}

export const HASH_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a, a byte at a time. */
export function hashByte(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

/** As the tokenizer hashes a word; never 0, which stands for a hole. */
export function hashWord(text: string): number {
  return Buffer.from(text).reduce(hashByte, HASH_BASIS) || 1;
}
