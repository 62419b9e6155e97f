/**
 * A 64-bit hash of bytes in two lanes of 32, four bytes a step. Not cryptographic. Identities of series and resources are
 * built on it and must survive restarts, so its results never change between releases.
 */
export class Hash {
  /** Both halves are signed, as integers that need no memory of their own. */
  low = 0;
  high = 0;

  start(): void {
    this.low = 0x9e3779b9 | 0;
    this.high = 0x85ebca6b | 0;
  }

  /** Adds view[start, end) and its length, so that ("ab", "c") and ("a", "bc") differ. The last four bytes may overlap those before. */
  add(view: DataView, start: number, end: number): void {
    const length = end - start;
    let low = this.low ^ length;
    let high = this.high + length;
    if (length >= 4) {
      for (let at = start; at < end - 4; at += 4) {
        const word = view.getInt32(at, true);
        low = Math.imul(low ^ word, 0xcc9e2d51);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(high + word, 0x1b873593) ^ (high >>> 15);
      }
    }
    const last = length >= 4 ? view.getInt32(end - 4, true) : shortWord(view, start, end);
    low = Math.imul(low ^ last, 0xcc9e2d51);
    this.low = (low << 13) | (low >>> 19);
    this.high = Math.imul(high + last, 0x1b873593) ^ (high >>> 15);
  }

  /** Adds a small number, such as a kind. */
  addNumber(number: number): void {
    this.low = Math.imul(this.low ^ number, 0xcc9e2d51);
    this.high = Math.imul(this.high + number, 0x1b873593) ^ (this.high >>> 15);
  }

  /** Spreads every input bit over all output bits. */
  finish(): void {
    this.low = mix(this.low + this.high);
    this.high = mix(this.high ^ Math.imul(this.low, 0x9e3779b1));
  }
}

function shortWord(view: DataView, start: number, end: number): number {
  let word = 0;
  for (let at = start; at < end; at++) word = (word << 8) | view.getUint8(at);
  return word;
}

function mix(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return x ^ (x >>> 16);
}
