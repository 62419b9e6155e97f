import { type ReceivingStream } from './data-intake.ts';
import { Flag, FrameType, FRAME_HEAD_BYTES, LEAST_MAX_FRAME_BYTES, writeFrameHead } from './frames.ts';
import { encodeFields } from './hpack-encoder.ts';
import { type Addressed } from './outbox.ts';

/** Takes the request of one stream. */
export interface StreamHandler {
  /** A view that may be read during the call only. */
  data(piece: Buffer): void;
  end(): void;
  /** Nothing comes any more; `delivered`: the whole answer has left. Called once. */
  closed(delivered: boolean): void;
}

/** Blocks of headers as `encodeFields` makes them; those of an answer that is always the same are made once. */
export interface StreamReply {
  readonly head: Buffer;
  readonly body?: Uint8Array;
  readonly trailers?: Buffer | undefined;
}

/** What a stream needs of its connection. */
export interface StreamOwner {
  send(bytes: Buffer, stream?: ServerStream): void;
  /** Takes up to so many bytes from the window of the connection. */
  takeWindow(bytes: number): number;
  reset(stream: ServerStream, code: number): void;
  forget(stream: ServerStream): void;
}

const nothing = Buffer.alloc(0);
const tooLong = encodeFields({ ':status': '500' });

/** One request and its answer. */
export class ServerStream implements Addressed, ReceivingStream {
  readonly id: number;
  readonly #owner: StreamOwner;
  /** Where it stands among the open ones; -1 when it is not open. */
  place = -1;
  handler: StreamHandler | undefined;
  /** The request is complete. */
  peerEnded = false;
  /** What the other side may still send, and what we may. */
  receiveWindow: number;
  sendWindow: number;
  #replied = false;
  #closed = false;
  /** Of an answer for which there is no window yet. */
  #body: Uint8Array = nothing;
  #trailers: Buffer | undefined;
  #isBlocked = false;

  constructor(owner: StreamOwner, id: number, windows: { readonly receive: number; readonly send: number }) {
    this.id = id;
    this.#owner = owner;
    this.receiveWindow = windows.receive;
    this.sendWindow = windows.send;
  }

  get isOpen(): boolean {
    return this.place >= 0;
  }

  /** The whole answer, once. Waits for the window of its body when it must. Nothing on a stream that is closed. */
  respond({ head, body = nothing, trailers }: StreamReply): void {
    if (!this.isOpen || this.#replied) return;
    this.#replied = true;
    const isAll = body.length === 0 && trailers === undefined;
    const block = head.length > LEAST_MAX_FRAME_BYTES ? tooLong : head;
    if (isAll) {
      this.#finish(headersFrame(this.id, block, true));
      return;
    }
    if (this.#fits(body)) {
      this.#finish(wholeAnswer(this.id, { head: block, body, trailers }));
      return;
    }
    this.#owner.send(headersFrame(this.id, block, false));
    this.#body = body;
    this.#trailers = trailers;
    this.#isBlocked = true;
    this.goOn();
  }

  /** Sends what the windows allow of an answer that waits. */
  goOn(): void {
    while (this.#isBlocked) {
      const wanted = Math.min(this.#body.length, this.sendWindow, LEAST_MAX_FRAME_BYTES);
      const bytes = wanted <= 0 ? 0 : this.#owner.takeWindow(wanted);
      if (bytes === 0 && this.#body.length > 0) return;
      this.sendWindow -= bytes;
      const piece = this.#body.subarray(0, bytes);
      this.#body = this.#body.subarray(bytes);
      const isLast = this.#body.length === 0;
      const data = dataFrame(this.id, piece, isLast && this.#trailers === undefined);
      if (!isLast) {
        this.#owner.send(data);
        continue;
      }
      this.#isBlocked = false;
      this.#finish(
        this.#trailers === undefined ? data : Buffer.concat([data, headersFrame(this.id, this.#trailers, true)]),
      );
    }
  }

  take(piece: Buffer): void {
    this.handler?.data(piece);
  }

  /** The request is complete. */
  endOfPeer(): void {
    this.peerEnded = true;
    this.handler?.end();
  }

  /** Ends the stream at once, whatever has become of its answer. */
  reset(code: number): void {
    if (this.isOpen) this.#owner.reset(this, code);
    this.close(false);
  }

  left(delivered: boolean): void {
    this.close(delivered);
  }

  close(delivered: boolean): void {
    this.#owner.forget(this);
    this.#isBlocked = false;
    if (this.#closed) return;
    this.#closed = true;
    this.handler?.closed(delivered);
  }

  #fits(body: Uint8Array): boolean {
    const { length } = body;
    if (length > Math.min(this.sendWindow, LEAST_MAX_FRAME_BYTES)) return false;
    const taken = length === 0 ? 0 : this.#owner.takeWindow(length);
    this.sendWindow -= taken;
    if (taken === length) return true;
    this.sendWindow += taken;
    this.#owner.takeWindow(-taken);
    return false;
  }

  /** The last of it; the stream is over when the request is, which need not go on. */
  #finish(bytes: Buffer): void {
    this.#owner.send(bytes, this);
    if (!this.peerEnded) this.#owner.reset(this, 0);
    this.#owner.forget(this);
  }
}

function headersFrame(stream: number, block: Buffer, isLast: boolean): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEAD_BYTES + block.length);
  putHeaders(bytes, 0, { stream, block, isLast });
  return bytes;
}

function dataFrame(stream: number, piece: Uint8Array, isLast: boolean): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEAD_BYTES + piece.length);
  putData(bytes, 0, { stream, piece, isLast });
  return bytes;
}

function wholeAnswer(stream: number, { head, body, trailers }: StreamReply & { body: Uint8Array }): Buffer {
  const length = FRAME_HEAD_BYTES * (trailers === undefined ? 2 : 3) + head.length + body.length;
  const bytes = Buffer.allocUnsafe(length + (trailers?.length ?? 0));
  let at = putHeaders(bytes, 0, { stream, block: head, isLast: false });
  at = putData(bytes, at, { stream, piece: body, isLast: trailers === undefined });
  if (trailers !== undefined) putHeaders(bytes, at, { stream, block: trailers, isLast: true });
  return bytes;
}

function putHeaders(to: Buffer, from: number, frame: { stream: number; block: Buffer; isLast: boolean }): number {
  const { stream, block, isLast } = frame;
  const flags = Flag.endHeaders | (isLast ? Flag.endStream : 0);
  const at = writeFrameHead(to, from, { type: FrameType.headers, flags, stream, length: block.length });
  to.set(block, at);
  return at + block.length;
}

function putData(to: Buffer, from: number, frame: { stream: number; piece: Uint8Array; isLast: boolean }): number {
  const { stream, piece, isLast } = frame;
  const flags = isLast ? Flag.endStream : 0;
  const at = writeFrameHead(to, from, { type: FrameType.data, flags, stream, length: piece.length });
  to.set(piece, at);
  return at + piece.length;
}
