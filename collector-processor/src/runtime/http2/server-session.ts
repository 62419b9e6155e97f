import { type Duplex } from 'node:stream';
import { freeMemory } from '../free-memory.ts';
import { Allowance } from './allowance.ts';
import { DataIntake } from './data-intake.ts';
import { FrameReader, type FrameHandler } from './frame-reader.ts';
import {
  DEFAULT_WINDOW,
  ErrorCode,
  type ErrorCodeValue,
  Flag,
  type FrameHead,
  FrameType,
  goAwayFrame,
  LEAST_MAX_FRAME_BYTES,
  pingFrame,
  Setting,
  settingsAck,
  settingsFrame,
  windowFrame,
} from './frames.ts';
import { type HeaderBlock, HeaderBlocks } from './header-block.ts';
import { Outbox } from './outbox.ts';
import { PeerSettings } from './peer-settings.ts';
import { Preface } from './preface.ts';
import { RequestHeads } from './request-heads.ts';
import { type ServerSessionHandler, type ServerSessionOptions } from './session-handler.ts';
import { StreamTable } from './stream-table.ts';

/**
 * The server's side of one HTTP/2 connection (RFC 9113), for requests that are read whole and answered at once. Bounds:
 * streams by `maxConcurrentStreams`, unread bytes by the windows, headers by `maxHeaderSize` (compressed and not), resets
 * by an allowance, whoever sends them, and what is written by reading nothing more while the other side does not take it.
 */
export class ServerSession implements FrameHandler {
  readonly #socket: Duplex;
  readonly #options: ServerSessionOptions;
  readonly #handler: ServerSessionHandler;
  readonly #reader: FrameReader;
  readonly #outbox: Outbox;
  readonly #blocks: HeaderBlocks;
  readonly #heads: RequestHeads;
  readonly #streams: StreamTable;
  readonly #data: DataIntake;
  readonly #peer = new PeerSettings();
  readonly #preface = new Preface();
  #greeted = false;
  #ended = false;
  #leaving = false;
  #lastStream = 0;

  constructor(socket: Duplex, options: ServerSessionOptions, handler: ServerSessionHandler) {
    const { connectionWindow, maxHeaderSize, maxFrameSize, streamWindow, resetBurst, resetRate } = options;
    this.#socket = socket;
    this.#options = options;
    this.#handler = handler;
    const maxKeptBytes = Math.max(LEAST_MAX_FRAME_BYTES, maxHeaderSize + 261);
    this.#reader = new FrameReader({ maxFrameBytes: maxFrameSize, maxKeptBytes }, this);
    this.#outbox = new Outbox(socket, true);
    this.#blocks = new HeaderBlocks(maxHeaderSize);
    this.#heads = new RequestHeads(maxHeaderSize);
    const resets = new Allowance(resetBurst, resetRate, () => performance.now());
    const whenEmpty = (): void => this.#rest();
    this.#streams = new StreamTable({ outbox: this.#outbox, resets, streamWindow, whenEmpty });
    this.#data = new DataIntake({ streams: this.#streams, outbox: this.#outbox, connectionWindow, streamWindow });
    socket.on('error', leaveToClose);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.once('close', () => this.#streams.closeAll());
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** No new requests are taken. */
  get isLeaving(): boolean {
    return this.#leaving || this.#ended;
  }

  ping(): void {
    this.#outbox.push(pingFrame(Buffer.alloc(8), false));
  }

  /** GOAWAY: later requests are not taken, open ones are finished, then the connection ends. */
  leave(): void {
    if (this.isLeaving) return;
    this.#leaving = true;
    if (this.#preface.isComplete) this.#sayGoodbye(ErrorCode.none);
    if (this.#streams.size === 0) this.#rest();
  }

  destroy(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#ended) return;
    const from = this.#preface.isComplete ? 0 : this.#preface.read(chunk);
    if (typeof from !== 'number') {
      this.#ended = true;
      this.#handler.foreign(from);
      return;
    }
    if (from > 0 && this.#preface.isComplete) this.#greet();
    const fault = this.#reader.push(chunk, from);
    if (fault !== undefined) this.#break(fault);
    this.#outbox.flush();
    freeMemory(chunk);
  }

  #greet(): void {
    const { maxConcurrentStreams, streamWindow, connectionWindow, maxFrameSize, maxHeaderSize } = this.#options;
    const settings = settingsFrame([
      [Setting.maxConcurrentStreams, maxConcurrentStreams],
      [Setting.initialWindowSize, streamWindow],
      [Setting.maxFrameSize, maxFrameSize],
      [Setting.maxHeaderListSize, maxHeaderSize],
    ]);
    this.#outbox.push(settings);
    if (connectionWindow > DEFAULT_WINDOW) this.#outbox.push(windowFrame(0, connectionWindow - DEFAULT_WINDOW));
    if (this.#leaving) this.#sayGoodbye(ErrorCode.none);
  }

  frame(head: FrameHead, payload: Buffer): ErrorCodeValue | undefined {
    if (!this.#blocks.allows(head) || (!this.#greeted && head.type !== FrameType.settings)) return ErrorCode.protocol;
    switch (head.type) {
      case FrameType.headers:
      case FrameType.continuation:
        return this.#headers(head, payload);
      case FrameType.priority:
        return payload.length === 5 ? undefined : ErrorCode.frameSize;
      case FrameType.pushPromise:
        return ErrorCode.protocol;
      case FrameType.rstStream:
      case FrameType.windowUpdate:
        return payload.length === 4 ? this.#streamFrame(head, payload.readUInt32BE(0)) : ErrorCode.frameSize;
      default:
        return this.#connectionFrame(head, payload);
    }
  }

  dataBegins(stream: number, bytes: number): ErrorCodeValue | undefined {
    if (!this.#greeted || this.#isIdle(stream) || !this.#blocks.allows({ type: FrameType.data, flags: 0, stream })) {
      return ErrorCode.protocol;
    }
    return this.#data.begins(stream, bytes);
  }

  data(piece: Buffer): void {
    this.#data.piece(piece);
  }

  dataEnds(isLast: boolean): undefined {
    this.#data.ends(isLast);
  }

  #streamFrame({ type, stream }: FrameHead, number: number): ErrorCodeValue | undefined {
    const isOfConnection = type === FrameType.windowUpdate && stream === 0;
    if (!isOfConnection && this.#isIdle(stream)) return ErrorCode.protocol;
    if (type === FrameType.windowUpdate) return this.#streams.widen(stream, number & 0x7fffffff);
    this.#streams.find(stream)?.close(false);
    return this.#streams.countReset();
  }

  #connectionFrame({ type, flags, stream }: FrameHead, payload: Buffer): ErrorCodeValue | undefined {
    const isAck = (flags & Flag.ack) !== 0;
    if (type > FrameType.continuation) return undefined;
    if (stream !== 0) return ErrorCode.protocol;
    if (type === FrameType.ping) {
      if (payload.length !== 8) return ErrorCode.frameSize;
      if (isAck) this.#handler.alive();
      else this.#outbox.push(pingFrame(payload, true));
      return undefined;
    }
    if (type !== FrameType.settings) return undefined;
    if (isAck) return payload.length === 0 ? undefined : ErrorCode.frameSize;
    const before = this.#peer.initialWindow;
    const fault = this.#peer.read(payload) ?? this.#streams.shiftWindows(this.#peer.initialWindow - before);
    if (fault !== undefined) return fault;
    this.#outbox.push(settingsAck);
    if (!this.#greeted) this.#handler.greeted();
    this.#greeted = true;
    return undefined;
  }

  #headers(head: FrameHead, payload: Buffer): ErrorCodeValue | undefined {
    if (head.stream % 2 === 0) return ErrorCode.protocol;
    const block = this.#blocks.push(head, payload);
    if (typeof block !== 'object') return block;
    const read = this.#heads.read(block.bytes);
    if (read.kind === 'broken') return ErrorCode.compression;
    if (!this.#isIdle(block.stream)) return this.#trailers(block);
    this.#lastStream = block.stream;
    if (this.#streams.size >= this.#options.maxConcurrentStreams)
      return this.#streams.fail(block.stream, ErrorCode.refusedStream);
    if (read.kind === 'refused') return this.#streams.fail(block.stream, ErrorCode.protocol);
    const stream = this.#streams.open(block.stream, this.#peer.initialWindow);
    this.#handler.request(stream, read.headers);
    if (block.isLast && stream.isOpen) stream.endOfPeer();
    return undefined;
  }

  /** Of a request; nobody wants them, but they may end it. Those of a stream that is over cross its end on their way. */
  #trailers({ stream: id, isLast }: HeaderBlock): ErrorCodeValue | undefined {
    const stream = this.#streams.find(id);
    if (stream === undefined) return undefined;
    if (stream.peerEnded || !isLast) return this.#streams.fail(id, ErrorCode.protocol);
    stream.endOfPeer();
    return undefined;
  }

  /** While leaving, what is not taken keeps its number free: its client knows from GOAWAY that it was not looked at. */
  #isIdle(stream: number): boolean {
    return stream === 0 || (stream > this.#lastStream && !this.isLeaving);
  }

  #sayGoodbye(code: ErrorCodeValue): void {
    this.#outbox.push(goAwayFrame(this.#lastStream, code));
  }

  #rest(): void {
    this.#handler.idle();
    if (!this.#leaving || this.#ended) return;
    this.#ended = true;
    this.#outbox.flush();
    // The other side closes it. Closed from here, what still comes from there could take the last answer with it.
    this.#socket.end();
  }

  #break(code: ErrorCodeValue): void {
    if (this.#ended) return;
    this.#sayGoodbye(code);
    this.#ended = true;
    this.#outbox.flush();
    this.#socket.end(() => this.#socket.destroy());
    this.#streams.closeAll();
    this.#handler.broken(code);
  }
}

function leaveToClose(): void {
  // `close` follows, which ends the streams. Without a listener Node would end the process.
}
