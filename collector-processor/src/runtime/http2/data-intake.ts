import { ErrorCode, type ErrorCodeValue, windowFrame } from './frames.ts';
import { type Outbox } from './outbox.ts';

/** A stream on which data comes in. */
export interface ReceivingStream {
  readonly id: number;
  readonly isOpen: boolean;
  /** The other side has said all. */
  readonly peerEnded: boolean;
  /** What it may still send. */
  receiveWindow: number;
  /** A view that may be read during the call only. */
  take(piece: Buffer): void;
  endOfPeer(): void;
}

export interface ReceivingStreams {
  find(id: number): ReceivingStream | undefined;
  /** A mistake of the other side that costs it the stream. */
  fail(id: number, code: ErrorCodeValue): ErrorCodeValue | undefined;
}

export interface DataIntakeParts {
  readonly streams: ReceivingStreams;
  readonly outbox: Outbox;
  /** Bytes that may be under way, in all and on one stream. */
  readonly connectionWindow: number;
  readonly streamWindow: number;
}

/**
 * DATA frames of a connection. What has come is either kept, and then accounted for by whoever keeps it, or dropped, so a
 * window opens again as soon as half of it is used.
 */
export class DataIntake {
  readonly #parts: DataIntakeParts;
  #window: number;
  /** Of the frame that is being read; `undefined` when nobody wants it. */
  #reading: ReceivingStream | undefined;

  constructor(parts: DataIntakeParts) {
    this.#parts = parts;
    this.#window = parts.connectionWindow;
  }

  begins(id: number, bytes: number): ErrorCodeValue | undefined {
    const { streams, outbox, connectionWindow } = this.#parts;
    this.#window -= bytes;
    if (this.#window < 0) return ErrorCode.flowControl;
    if (this.#window < connectionWindow / 2) {
      outbox.push(windowFrame(0, connectionWindow - this.#window));
      this.#window = connectionWindow;
    }
    const stream = streams.find(id);
    this.#reading = stream;
    if (stream === undefined) return undefined;
    stream.receiveWindow -= bytes;
    if (stream.peerEnded) return streams.fail(id, ErrorCode.streamClosed);
    return stream.receiveWindow < 0 ? streams.fail(id, ErrorCode.flowControl) : undefined;
  }

  piece(piece: Buffer): void {
    if (this.#reading?.isOpen === true) this.#reading.take(piece);
  }

  ends(isLast: boolean): void {
    const stream = this.#reading;
    const { streamWindow, outbox } = this.#parts;
    this.#reading = undefined;
    if (stream?.isOpen !== true) return;
    if (isLast) {
      stream.endOfPeer();
    } else if (stream.receiveWindow < streamWindow / 2) {
      outbox.push(windowFrame(stream.id, streamWindow - stream.receiveWindow));
      stream.receiveWindow = streamWindow;
    }
  }
}
