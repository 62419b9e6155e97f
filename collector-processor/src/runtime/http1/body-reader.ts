import { type Framing } from './framing.ts';

/** Chunk sizes in hexadecimal, with extensions that are passed over; up to 4 GiB. */
const sizeLine = /^([0-9a-f]{1,8})(?:;[\t\x20-\x7e\x80-\xff]*)?\r\n$/i;
const trailerLine = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n$/;
const MAX_LINE_BYTES = 1024;
const MAX_TRAILER_BYTES = 16 * 1024;
const LF = 0x0a;

/** Finds the body of a message, and where it ends, in the chunks of a connection. Keeps none of it. */
export class BodyReader {
  #framing: Framing['kind'] = 'length';
  /** Of the body, or of the present chunk of it. */
  #left = 0;
  #expects: 'size' | 'data' | 'line_end' | 'trailers' = 'size';
  #line = '';
  #trailerBytes = 0;
  #complete = true;

  begin(framing: Framing): void {
    this.#framing = framing.kind;
    this.#left = framing.kind === 'length' ? framing.bytes : 0;
    this.#complete = framing.kind === 'length' && framing.bytes === 0;
    this.#expects = 'size';
    this.#line = '';
    this.#trailerBytes = 0;
  }

  get isComplete(): boolean {
    return this.#complete;
  }

  /** The connection ended: whether the body did too. */
  end(): boolean {
    if (this.#framing === 'close') this.#complete = true;
    return this.#complete;
  }

  /** Hands on what the chunk has of the body, as views. Returns where it stopped: at the end of chunk or body. */
  push(chunk: Buffer, from: number, take: (piece: Buffer) => void): number | 'malformed' {
    if (this.#framing === 'chunked') return this.#pushChunked(chunk, from, take);
    const end = this.#framing === 'close' ? chunk.length : Math.min(chunk.length, from + this.#left);
    this.#left -= end - from;
    this.#complete = this.#framing === 'length' && this.#left === 0;
    take(pieceOf(chunk, from, end));
    return end;
  }

  #pushChunked(chunk: Buffer, from: number, take: (piece: Buffer) => void): number | 'malformed' {
    let at = from;
    while (at < chunk.length && !this.#complete) {
      if (this.#expects === 'data') {
        const end = Math.min(chunk.length, at + this.#left);
        this.#left -= end - at;
        if (this.#left === 0) this.#expects = 'line_end';
        take(pieceOf(chunk, at, end));
        at = end;
        continue;
      }
      const next = this.#readLine(chunk, at);
      if (next === 'malformed') return next;
      at = next;
      if (!this.#line.endsWith('\n')) continue;
      if (!this.#take(this.#line)) return 'malformed';
      this.#line = '';
    }
    return at;
  }

  /** Adds to the present line what the chunk has of it. */
  #readLine(chunk: Buffer, from: number): number | 'malformed' {
    const found = chunk.indexOf(LF, from);
    const end = found < 0 ? chunk.length : found + 1;
    if (this.#line.length + end - from > MAX_LINE_BYTES) return 'malformed';
    this.#line += chunk.toString('latin1', from, end);
    return end;
  }

  /** Whether the line is one that may stand here. */
  #take(line: string): boolean {
    if (this.#expects === 'line_end') {
      this.#expects = 'size';
      return line === '\r\n';
    }
    if (this.#expects === 'trailers') {
      this.#complete = line === '\r\n';
      this.#trailerBytes += line.length;
      return this.#complete || (this.#trailerBytes <= MAX_TRAILER_BYTES && trailerLine.test(line));
    }
    const size = sizeLine.exec(line)?.[1];
    if (size === undefined) return false;
    this.#left = Number.parseInt(size, 16);
    this.#expects = this.#left === 0 ? 'trailers' : 'data';
    return true;
  }
}

function pieceOf(chunk: Buffer, from: number, end: number): Buffer {
  return from === 0 && end === chunk.length ? chunk : chunk.subarray(from, end);
}
