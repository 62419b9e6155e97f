import { type HeaderFields } from '../http-headers.ts';
import { type ReceivingStream } from './data-intake.ts';
import { Flag, FRAME_HEAD_BYTES, FrameType, writeFrameHead } from './frames.ts';
import { type Addressed } from './outbox.ts';

/** Takes the answer to one request. */
export interface AnswerHandler {
  /** Headers, and trailers when there are any. */
  fields(fields: HeaderFields): void;
  /** A view that may be read during the call only. */
  data(piece: Buffer): void;
  /** Nothing comes any more; `undefined` when the other side has said all. Called once. */
  closed(reason: string | undefined): void;
}

/** A request: a block of headers as `encodeFields` makes them, and its body in parts. */
export interface ClientRequest {
  readonly head: Buffer;
  readonly parts: readonly Uint8Array[];
  readonly byteLength: number;
}

/** What a stream needs of its connection. */
export interface ClientStreamOwner {
  /** The largest frame that the other side takes. */
  readonly maxFrameBytes: number;
  send(bytes: Uint8Array, stream?: ClientStream): void;
  /** Takes up to so many bytes from the window of the connection. */
  takeWindow(bytes: number): number;
  reset(stream: ClientStream): void;
  forget(stream: ClientStream): void;
}

export interface ClientStreamParts {
  readonly request: ClientRequest;
  readonly answer: AnswerHandler;
  readonly receiveWindow: number;
}

/** From this size on a part leaves as it is; smaller ones are copied behind the head of their frame. */
const COPY_BYTES = 4096;

/** One request and its answer, seen by the one who asks. */
export class ClientStream implements Addressed, ReceivingStream {
  /** 0 before it was begun. */
  id = 0;
  place = -1;
  peerEnded = false;
  receiveWindow: number;
  sendWindow = 0;
  /** Every byte of the request has left; the memory of its parts is nobody's business any more. */
  hasLeft = false;
  readonly request: ClientRequest;
  readonly #owner: ClientStreamOwner;
  readonly #answer: AnswerHandler;
  #left: number;
  #part = 0;
  #at = 0;
  #closed = false;

  constructor(owner: ClientStreamOwner, { request, answer, receiveWindow }: ClientStreamParts) {
    this.#owner = owner;
    this.#answer = answer;
    this.request = request;
    this.receiveWindow = receiveWindow;
    this.#left = request.byteLength;
  }

  get isOpen(): boolean {
    return this.place >= 0;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Sends what the windows allow of the body. */
  goOn(): void {
    while (this.#left > 0 && this.isOpen) {
      const bytes = this.#owner.takeWindow(Math.min(this.#left, this.sendWindow, this.#owner.maxFrameBytes));
      if (bytes <= 0) return;
      this.sendWindow -= bytes;
      this.#left -= bytes;
      this.#frame(bytes, this.#left === 0);
    }
  }

  take(piece: Buffer): void {
    this.#answer.data(piece);
  }

  fields(fields: HeaderFields): void {
    this.#answer.fields(fields);
  }

  /** The answer is whole. What is still to come of the request is not wanted then. */
  endOfPeer(): void {
    this.peerEnded = true;
    if (this.#left > 0) this.#owner.reset(this);
    this.close(undefined);
  }

  /** The answer is not waited for any longer. */
  cancel(reason: string): void {
    if (this.isOpen) this.#owner.reset(this);
    this.close(reason);
  }

  left(delivered: boolean): void {
    this.hasLeft = delivered;
  }

  close(reason: string | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#owner.forget(this);
    this.#answer.closed(reason);
  }

  /** One DATA frame with the next bytes of the parts. */
  #frame(length: number, isLast: boolean): void {
    const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES);
    const flags = isLast ? Flag.endStream : 0;
    writeFrameHead(head, 0, { type: FrameType.data, flags, stream: this.id, length });
    const pieces: Uint8Array[] = [head];
    for (let left = length; left > 0;) {
      const piece = this.#next(left);
      left -= piece.length;
      pieces.push(piece);
    }
    const written = joinSmall(pieces);
    written.forEach((piece, i) => this.#owner.send(piece, isLast && i === written.length - 1 ? this : undefined));
  }

  /** Up to so many bytes of the part that is due. */
  #next(limit: number): Uint8Array {
    const part = this.request.parts[this.#part];
    if (part === undefined) throw new RangeError('The parts of a request are shorter than it says.');
    const piece = part.subarray(this.#at, this.#at + limit);
    this.#at += piece.length;
    if (this.#at === part.length) {
      this.#part++;
      this.#at = 0;
    }
    return piece;
  }
}

/** Large pieces as they are, small neighbours copied together. */
function joinSmall(pieces: readonly Uint8Array[]): Uint8Array[] {
  const all: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  for (const piece of pieces) {
    if (piece.length < COPY_BYTES) {
      small.push(piece);
      continue;
    }
    if (small.length > 0) all.push(Buffer.concat(small));
    all.push(piece);
    small = [];
  }
  if (small.length > 0) all.push(Buffer.concat(small));
  return all;
}
