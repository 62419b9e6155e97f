import { ErrorCode, type ErrorCodeValue, Flag, FRAME_HEAD_BYTES, type FrameHead, FrameType } from './frames.ts';

/** What is read. A code that is returned ends the connection. */
export interface FrameHandler {
  /** A whole frame, all but DATA. The payload is the reader's again afterwards. */
  frame(head: FrameHead, payload: Buffer): ErrorCodeValue | undefined;
  /** A DATA frame begins; `bytes` count against the windows, padding too. */
  dataBegins(stream: number, bytes: number): ErrorCodeValue | undefined;
  /** A piece of what it carries; a view that is the reader's again afterwards. */
  data(piece: Buffer): void;
  dataEnds(isLast: boolean): ErrorCodeValue | undefined;
}

export interface FrameLimits {
  readonly maxFrameBytes: number;
  /** Of frames that are kept until they are whole. */
  readonly maxKeptBytes: number;
}

const nothing = Buffer.alloc(0);

/** Finds frames in the chunks of a connection. DATA is handed on as it comes, everything else when it is whole. */
export class FrameReader {
  readonly #limits: FrameLimits;
  readonly #handler: FrameHandler;
  readonly #headBytes = Buffer.alloc(FRAME_HEAD_BYTES);
  #headLength = 0;
  #head: FrameHead | undefined;
  /** Of the payload of the present frame. */
  #left = 0;
  /** Of padding behind the data; -1 before its length is known. */
  #padding = 0;
  #kept = nothing;
  #keptLength = 0;

  constructor(limits: FrameLimits, handler: FrameHandler) {
    this.#limits = limits;
    this.#handler = handler;
  }

  /** Reads all of the chunk from there on, or up to a fault, which is returned. */
  push(chunk: Buffer, from: number): ErrorCodeValue | undefined {
    let at = from;
    while (at < chunk.length) {
      const head = this.#head;
      if (head === undefined) {
        const taken = Math.min(FRAME_HEAD_BYTES - this.#headLength, chunk.length - at);
        chunk.copy(this.#headBytes, this.#headLength, at, at + taken);
        this.#headLength += taken;
        at += taken;
        if (this.#headLength < FRAME_HEAD_BYTES) return undefined;
        const fault = this.#begin();
        if (fault !== undefined) return fault;
        continue;
      }
      const taken = Math.min(this.#left, chunk.length - at);
      const piece = chunk.subarray(at, at + taken);
      this.#left -= taken;
      at += taken;
      const fault = head.type === FrameType.data ? this.#data(head, piece) : this.#keep(head, piece);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #begin(): ErrorCodeValue | undefined {
    const bytes = this.#headBytes;
    const length = bytes.readUIntBE(0, 3);
    const head = { type: bytes[3] as number, flags: bytes[4] as number, stream: bytes.readUInt32BE(5) & 0x7fffffff };
    this.#headLength = 0;
    this.#left = length;
    if (length > this.#limits.maxFrameBytes) return ErrorCode.frameSize;
    if (head.type === FrameType.data) {
      this.#padding = (head.flags & Flag.padded) === 0 ? 0 : -1;
      if (this.#padding === -1 && length === 0) return ErrorCode.frameSize;
      const fault = this.#handler.dataBegins(head.stream, length);
      if (fault !== undefined) return fault;
      this.#head = head;
      return length === 0 ? this.#data(head, nothing) : undefined;
    }
    if (length > this.#limits.maxKeptBytes) return ErrorCode.enhanceYourCalm;
    this.#head = head;
    return length === 0 ? this.#keep(head, nothing) : undefined;
  }

  #data(head: FrameHead, piece: Buffer): ErrorCodeValue | undefined {
    let at = 0;
    if (this.#padding === -1) {
      this.#padding = piece[at++] as number;
      if (this.#padding > this.#left + piece.length - at) return ErrorCode.protocol;
    }
    const end = piece.length - Math.max(0, this.#padding - this.#left);
    if (end > at) this.#handler.data(at === 0 && end === piece.length ? piece : piece.subarray(at, end));
    if (this.#left > 0) return undefined;
    this.#head = undefined;
    return this.#handler.dataEnds((head.flags & Flag.endStream) !== 0);
  }

  #keep(head: FrameHead, piece: Buffer): ErrorCodeValue | undefined {
    if (this.#left === 0 && this.#keptLength === 0) {
      this.#head = undefined;
      return this.#handler.frame(head, piece);
    }
    if (this.#keptLength === 0) this.#kept = Buffer.allocUnsafeSlow(this.#left + piece.length);
    piece.copy(this.#kept, this.#keptLength);
    this.#keptLength += piece.length;
    if (this.#left > 0) return undefined;
    const whole = this.#kept;
    this.#kept = nothing;
    this.#keptLength = 0;
    this.#head = undefined;
    return this.#handler.frame(head, whole);
  }
}
