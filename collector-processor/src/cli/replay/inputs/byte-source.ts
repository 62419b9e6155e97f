import { SentinelError } from '../../../runtime/errors.ts';

const NEWLINE = 10;
const EMPTY: Uint8Array = new Uint8Array(0);

/**
 * Reads lines and messages from bytes that come in chunks of any size: what is read never depends on where they were cut.
 * Holds one chunk and one line or message, up to `limit` bytes.
 */
export class ByteSource {
  /** Of the first byte that was not taken yet. */
  offset = 0;
  private readonly chunks: AsyncIterator<Uint8Array>;
  private readonly limit: number;
  private readonly name: string;
  private held = EMPTY;
  private ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>, { limit, name }: { readonly limit: number; readonly name: string }) {
    this.chunks = chunks[Symbol.asyncIterator]();
    this.limit = limit;
    this.name = name;
  }

  /** The next `count` bytes, or fewer at the end; they stay. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.held.length < count && (await this.more()));
    return this.held.subarray(0, count);
  }

  async isAtEnd(): Promise<boolean> {
    return (await this.peek(1)).length === 0;
  }

  /** Exactly `count` bytes. */
  async take(count: number): Promise<Uint8Array> {
    if (count > this.limit) throw this.fault(`a message of ${count} bytes is larger than the ${this.limit} allowed`);
    const bytes = await this.peek(count);
    if (bytes.length < count) throw this.fault(`it is cut off: ${count - bytes.length} bytes are missing`);
    this.drop(count);
    return bytes;
  }

  /** The next line without its end; undefined behind the last one. */
  async line(): Promise<Uint8Array | undefined> {
    let searched = 0;
    for (;;) {
      const end = this.held.indexOf(NEWLINE, searched);
      if (end >= 0) {
        const line = this.held.subarray(0, end);
        this.drop(end + 1);
        return line;
      }
      searched = this.held.length;
      if (searched > this.limit) throw this.fault(`a line is longer than the ${this.limit} bytes allowed`);
      if (await this.more()) continue;
      if (this.held.length === 0) return undefined;
      const rest = this.held;
      this.drop(rest.length);
      return rest;
    }
  }

  /** Everything that is left. */
  async rest(): Promise<Uint8Array> {
    while (await this.more()) {
      if (this.held.length > this.limit) throw this.fault(`it is larger than the ${this.limit} bytes allowed`);
    }
    return this.take(this.held.length);
  }

  fault(reason: string): SentinelError {
    return new SentinelError('SENTINEL_REPLAY_FAILED', `${this.name}, at byte ${this.offset}: ${reason}.`);
  }

  private drop(count: number): void {
    this.held = this.held.subarray(count);
    this.offset += count;
  }

  private async more(): Promise<boolean> {
    if (this.ended) return false;
    const next = await this.chunks.next();
    if (next.done === true) this.ended = true;
    else this.held = this.held.length === 0 ? next.value : Buffer.concat([this.held, next.value]);
    return !this.ended;
  }
}
