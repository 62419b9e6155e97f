/** Bits of the code of each byte (RFC 7541, appendix B). The code is canonical: the lengths say all. */
const CODE_BITS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26,
];
const LONGEST = 30;
const SHORTEST = 5;

/** Symbols by length of code, then by value; per length the first code and where its symbols begin. The 257th (EOS) is left out. */
const symbols = CODE_BITS.map((_, symbol) => symbol).sort(
  (a, b) => (CODE_BITS[a] as number) - (CODE_BITS[b] as number) || a - b,
);
const counts = new Int32Array(LONGEST + 1);
const firstCodes = new Int32Array(LONGEST + 1);
const offsets = new Int32Array(LONGEST + 1);
for (const bits of CODE_BITS) counts[bits] = (counts[bits] as number) + 1;
for (let bits = 1; bits <= LONGEST; bits++) {
  firstCodes[bits] = ((firstCodes[bits - 1] as number) + (counts[bits - 1] as number)) << 1;
  offsets[bits] = (offsets[bits - 1] as number) + (counts[bits - 1] as number);
}

/** Latin-1 text of a Huffman-coded string; `undefined` when it is none. One step a bit: strings of headers are short. */
export function huffmanText(bytes: Uint8Array): string | undefined {
  const text = Buffer.allocUnsafe(Math.ceil((bytes.length * 8) / SHORTEST));
  let length = 0;
  let code = 0;
  let bits = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = (code << 1) | ((byte >> bit) & 1);
      bits++;
      const place = code - (firstCodes[bits] as number);
      if (place < (counts[bits] as number)) {
        text[length++] = symbols[(offsets[bits] as number) + place] as number;
        code = 0;
        bits = 0;
      } else if (bits === LONGEST) {
        return undefined;
      }
    }
  }
  // What is left over are ones, fewer than a byte.
  if (bits > 7 || code !== (1 << bits) - 1) return undefined;
  return text.toString('latin1', 0, length);
}
