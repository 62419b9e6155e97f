import { Bag } from '../bag.ts';
import { type ClientStream, type ClientStreamOwner } from './client-stream.ts';
import { DEFAULT_WINDOW, ErrorCode, type ErrorCodeValue, headerFrames, MAX_WINDOW, resetFrame } from './frames.ts';
import { type Outbox } from './outbox.ts';
import { type PeerSettings } from './peer-settings.ts';

const MAX_STREAM = 0x7fffffff;
/** RFC 7541 §4.2: no table is used, also when the other side should want a smaller one. */
const NO_TABLE = Buffer.of(0x20);

export interface ClientStreamsParts {
  readonly outbox: Outbox;
  readonly peer: PeerSettings;
  /** The last one is over. */
  readonly whenEmpty: () => void;
}

/** The open streams of a client's connection, those that wait for a place, and what may be sent on them. */
export class ClientStreams implements ClientStreamOwner {
  readonly #parts: ClientStreamsParts;
  readonly #open = new Bag<ClientStream>();
  #waiting: ClientStream[] = [];
  #sendWindow = DEFAULT_WINDOW;
  #nextId = 1;

  constructor(parts: ClientStreamsParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#open.size + this.#waiting.length;
  }

  get maxFrameBytes(): number {
    return this.#parts.peer.maxFrameSize;
  }

  /** No numbers are left. */
  get isUsedUp(): boolean {
    return this.#nextId > MAX_STREAM;
  }

  /** Whether a stream of that number was never begun. */
  isIdle(id: number): boolean {
    return id % 2 === 0 || id >= this.#nextId;
  }

  /** Sends it, or has it wait for its turn. */
  add(stream: ClientStream): void {
    if (this.#open.size < this.#parts.peer.maxConcurrentStreams) this.#begin(stream);
    else this.#waiting.push(stream);
  }

  find(id: number): ClientStream | undefined {
    return this.#open.find((stream) => stream.id === id);
  }

  /** Of those above `last` nothing was looked at, and those that wait will not be. */
  closeAbove(last: number, reason: string): void {
    for (const stream of this.#waiting.splice(0)) stream.close(reason);
    for (const stream of this.#open.all()) if (stream.id > last) stream.close(reason);
  }

  /** WINDOW_UPDATE. */
  widen(id: number, bytes: number): ErrorCodeValue | undefined {
    if (id === 0) {
      if (bytes === 0) return ErrorCode.protocol;
      this.#sendWindow += bytes;
      if (this.#sendWindow > MAX_WINDOW) return ErrorCode.flowControl;
      this.goOn();
      return undefined;
    }
    const stream = this.find(id);
    if (stream === undefined) return undefined;
    stream.sendWindow += bytes;
    if (bytes === 0 || stream.sendWindow > MAX_WINDOW) this.fail(id);
    else stream.goOn();
    return undefined;
  }

  /** Windows of open streams grow, or shrink, with the one that new ones get. */
  shiftWindows(bytes: number): ErrorCodeValue | undefined {
    for (const stream of this.#open.all()) {
      stream.sendWindow += bytes;
      if (stream.sendWindow > MAX_WINDOW) return ErrorCode.flowControl;
    }
    this.goOn();
    return undefined;
  }

  fail(id: number): undefined {
    this.find(id)?.cancel('the backend broke the rules of HTTP/2');
    return undefined;
  }

  send(bytes: Uint8Array, stream?: ClientStream): void {
    this.#parts.outbox.push(bytes, stream);
  }

  takeWindow(bytes: number): number {
    const taken = Math.max(0, Math.min(bytes, this.#sendWindow));
    this.#sendWindow -= taken;
    return taken;
  }

  reset({ id }: ClientStream): void {
    this.#parts.outbox.push(resetFrame(id, ErrorCode.cancel));
  }

  forget(stream: ClientStream): void {
    if (stream.isOpen) this.#open.delete(stream);
    else this.#waiting = this.#waiting.filter((one) => one !== stream);
    if (this.#waiting.length > 0) this.#beginWaiting();
    if (this.size === 0) this.#parts.whenEmpty();
  }

  /** What waits for a place or for a window. */
  goOn(): void {
    this.#beginWaiting();
    for (const stream of this.#open.all()) stream.goOn();
  }

  #beginWaiting(): void {
    while (this.#open.size < this.#parts.peer.maxConcurrentStreams) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#begin(next);
    }
  }

  #begin(stream: ClientStream): void {
    const { outbox, peer } = this.#parts;
    const { head } = stream.request;
    stream.id = this.#nextId;
    stream.sendWindow = peer.initialWindow;
    this.#open.add(stream);
    outbox.push(headerFrames(stream.id, this.#nextId === 1 ? Buffer.concat([NO_TABLE, head]) : head));
    this.#nextId += 2;
    stream.goOn();
  }
}
