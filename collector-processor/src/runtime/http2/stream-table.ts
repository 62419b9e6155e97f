import { Bag } from '../bag.ts';
import { type Allowance } from './allowance.ts';
import { DEFAULT_WINDOW, ErrorCode, type ErrorCodeValue, MAX_WINDOW, resetFrame } from './frames.ts';
import { type Outbox } from './outbox.ts';
import { ServerStream, type StreamOwner } from './server-stream.ts';

export interface StreamTableParts {
  readonly outbox: Outbox;
  /** Resets that the other side causes, by asking for them or by a mistake. */
  readonly resets: Allowance;
  readonly streamWindow: number;
  /** The last open one is over. */
  readonly whenEmpty: () => void;
}

/** The open streams of a connection, and what may be sent on them. */
export class StreamTable implements StreamOwner {
  readonly #parts: StreamTableParts;
  readonly #open = new Bag<ServerStream>();
  #sendWindow = DEFAULT_WINDOW;
  #latest: ServerStream | undefined;

  constructor(parts: StreamTableParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#open.size;
  }

  open(id: number, initialWindow: number): ServerStream {
    const windows = { receive: this.#parts.streamWindow, send: initialWindow };
    const stream = new ServerStream(this, id, windows);
    this.#open.add(stream);
    this.#latest = stream;
    return stream;
  }

  /** Among the open ones. */
  find(id: number): ServerStream | undefined {
    const latest = this.#latest;
    if (latest?.id === id) return latest.isOpen ? latest : undefined;
    return this.#open.find((stream) => stream.id === id);
  }

  closeAll(): void {
    for (const stream of this.#open.all()) stream.close(false);
  }

  /** WINDOW_UPDATE. */
  widen(id: number, bytes: number): ErrorCodeValue | undefined {
    if (id === 0) {
      this.#sendWindow += bytes;
      if (bytes === 0) return ErrorCode.protocol;
      if (this.#sendWindow > MAX_WINDOW) return ErrorCode.flowControl;
      this.#goOn();
      return undefined;
    }
    const stream = this.find(id);
    if (stream === undefined) return undefined;
    stream.sendWindow += bytes;
    if (bytes === 0) return this.fail(stream.id, ErrorCode.protocol);
    if (stream.sendWindow > MAX_WINDOW) return this.fail(stream.id, ErrorCode.flowControl);
    stream.goOn();
    return undefined;
  }

  /** Windows of open streams grow, or shrink, with the one that new ones get. */
  shiftWindows(bytes: number): ErrorCodeValue | undefined {
    if (bytes === 0) return undefined;
    for (const stream of this.#open.all()) {
      stream.sendWindow += bytes;
      if (stream.sendWindow > MAX_WINDOW) return ErrorCode.flowControl;
    }
    this.#goOn();
    return undefined;
  }

  /** A mistake of the other side that costs it the stream, and the connection when there are too many. */
  fail(id: number, code: ErrorCodeValue): ErrorCodeValue | undefined {
    this.#parts.outbox.push(resetFrame(id, code));
    this.find(id)?.close(false);
    return this.countReset();
  }

  countReset(): ErrorCodeValue | undefined {
    return this.#parts.resets.use() ? undefined : ErrorCode.enhanceYourCalm;
  }

  send(bytes: Buffer, stream?: ServerStream): void {
    this.#parts.outbox.push(bytes, stream);
  }

  takeWindow(bytes: number): number {
    const taken = Math.min(bytes, Math.max(0, this.#sendWindow));
    this.#sendWindow -= taken;
    return taken;
  }

  reset(stream: ServerStream, code: number): void {
    this.#parts.outbox.push(resetFrame(stream.id, code));
  }

  forget(stream: ServerStream): void {
    if (!stream.isOpen) return;
    this.#open.delete(stream);
    if (this.#latest === stream) this.#latest = undefined;
    if (this.#open.size === 0) this.#parts.whenEmpty();
  }

  #goOn(): void {
    for (const stream of this.#open.all()) stream.goOn();
  }
}
