/** `empty`: nothing of a head has come. `malformed` is told as early as that can be known, so that nobody is waited for who speaks something else. */
export type HeadEnd = number | 'empty' | 'partial' | 'too_large' | 'malformed';

const END = Buffer.from('\r\n\r\n');
const [CR, LF] = [0x0d, 0x0a];
const FIRST_CAPACITY_BYTES = 1024;
const nothing = Buffer.alloc(0);

/** Finds the head of a message, from its first line to the empty one, in the chunks of a connection. */
export class HeadReader {
  readonly #maxBytes: number;
  #kept = nothing;
  #length = 0;
  #text = '';

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The head that was found last, each line with its end, without the empty one. */
  get text(): string {
    return this.#text;
  }

  /** Where it ends in this chunk, behind the empty line. */
  push(chunk: Buffer, from: number): HeadEnd {
    // RFC 9112 §2.2: empty lines before a request are passed over.
    if (this.#length > 0) return this.#goOn(chunk, from);
    const start = behindLineEnds(chunk, from);
    if (start === chunk.length) return 'empty';
    if (!isCapital(chunk[start] as number)) return 'malformed';
    const end = chunk.indexOf(END, start);
    if (end < 0) return this.#keep(chunk, start);
    if (end + END.length - start > this.#maxBytes) return 'too_large';
    this.#text = chunk.toString('latin1', start, end + 2);
    return end + END.length;
  }

  #goOn(chunk: Buffer, from: number): HeadEnd {
    const before = this.#length;
    const kept = this.#append(chunk, from);
    const end = kept.indexOf(END, Math.max(0, before - END.length + 1));
    if (end < 0) return this.#unfinished(before);
    this.#text = kept.toString('latin1', 0, end + 2);
    this.#kept = nothing;
    this.#length = 0;
    return from + end + END.length - before;
  }

  #keep(chunk: Buffer, from: number): HeadEnd {
    this.#append(chunk, from);
    return this.#unfinished(0);
  }

  /** Keeps no more than a head may have. */
  #append(chunk: Buffer, from: number): Buffer {
    const length = Math.min(this.#length + chunk.length - from, this.#maxBytes);
    if (length > this.#kept.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(length, FIRST_CAPACITY_BYTES, 2 * this.#kept.length));
      this.#kept.copy(grown, 0, 0, this.#length);
      this.#kept = grown;
    }
    chunk.copy(this.#kept, this.#length, from, from + length - this.#length);
    this.#length = length;
    return this.#kept.subarray(0, length);
  }

  #unfinished(seen: number): HeadEnd {
    if (hasBareLineEnd(this.#kept.subarray(0, this.#length), seen)) return 'malformed';
    return this.#length === this.#maxBytes ? 'too_large' : 'partial';
  }
}

function behindLineEnds(chunk: Buffer, from: number): number {
  let at = from;
  while (chunk[at] === CR || chunk[at] === LF) at++;
  return at;
}

/** Methods and `HTTP/` begin with one. */
function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

/** A line feed without its carriage return: such a head would never be found to end. */
function hasBareLineEnd(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] !== CR) return true;
  }
  return false;
}
