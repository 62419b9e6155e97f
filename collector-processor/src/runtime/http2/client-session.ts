import { type Duplex } from 'node:stream';
import { codeOf, messageOf } from '../errors.ts';
import { freeMemory } from '../free-memory.ts';
import { type AnswerHandler, type ClientRequest, ClientStream } from './client-stream.ts';
import { ClientStreams } from './client-streams.ts';
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
  PREFACE,
  Setting,
  settingsAck,
  settingsFrame,
  windowFrame,
} from './frames.ts';
import { HeaderBlocks } from './header-block.ts';
import { Outbox } from './outbox.ts';
import { PeerSettings } from './peer-settings.ts';
import { ResponseHeads } from './response-heads.ts';

export interface ClientSessionHandler {
  /** What it means that the rules were broken, for those who wait; `greeted`: the other side has spoken HTTP/2. */
  explain(code: number, greeted: boolean): string;
  /** It has answered a ping. */
  alive(): void;
  /** The connection is gone. */
  closed(): void;
}

const CONNECTION_WINDOW = 1024 * 1024;
const STREAM_WINDOW = 256 * 1024;
const MAX_HEADER_BYTES = 64 * 1024;
/** Answers to PING and SETTINGS that the other side has not taken; one that asks on and on without reading is let go. */
const MAX_OWED_ANSWERS = 1000;
/** A body from there on leaves at once, smaller ones together with what else is said in this turn of the event loop. */
const AT_ONCE_BYTES = 16 * 1024;

/**
 * The client's side of one HTTP/2 connection (RFC 9113), for requests that are there whole: their bytes are framed where
 * they are. Bounds: what is kept of answers by windows and by whoever takes them, headers by `MAX_HEADER_BYTES`.
 */
export class ClientSession implements FrameHandler {
  readonly #socket: Duplex;
  readonly #handler: ClientSessionHandler;
  readonly #reader: FrameReader;
  readonly #outbox: Outbox;
  readonly #blocks = new HeaderBlocks(MAX_HEADER_BYTES);
  readonly #heads = new ResponseHeads(MAX_HEADER_BYTES);
  readonly #peer = new PeerSettings();
  readonly #streams: ClientStreams;
  readonly #data: DataIntake;
  readonly #answered = { left: () => this.#owedAnswers-- };
  #owedAnswers = 0;
  #greeted = false;
  #leaving = false;
  #failure: string | undefined;

  constructor(socket: Duplex, handler: ClientSessionHandler) {
    this.#socket = socket;
    this.#handler = handler;
    const maxKeptBytes = MAX_HEADER_BYTES + 261;
    this.#reader = new FrameReader({ maxFrameBytes: LEAST_MAX_FRAME_BYTES, maxKeptBytes }, this);
    this.#outbox = new Outbox(socket, false);
    this.#streams = new ClientStreams({ outbox: this.#outbox, peer: this.#peer, whenEmpty: () => this.#rest() });
    const windows = { connectionWindow: CONNECTION_WINDOW, streamWindow: STREAM_WINDOW };
    this.#data = new DataIntake({ streams: this.#streams, outbox: this.#outbox, ...windows });
    socket.on('error', (error) => (this.#failure ??= messageOf(error) || codeOf(error)));
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    // Who says nothing more answers nothing more.
    socket.once('end', () => socket.destroy());
    socket.once('close', () => this.#closed());
    this.#outbox.push(PREFACE);
    this.#outbox.push(
      settingsFrame([
        [Setting.enablePush, 0],
        [Setting.initialWindowSize, STREAM_WINDOW],
        [Setting.maxHeaderListSize, MAX_HEADER_BYTES],
      ]),
    );
    this.#outbox.push(windowFrame(0, CONNECTION_WINDOW - DEFAULT_WINDOW));
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Whether requests may be sent. */
  get isUsable(): boolean {
    return !this.#leaving && !this.#socket.destroyed && !this.#streams.isUsedUp;
  }

  open(request: ClientRequest, answer: AnswerHandler): ClientStream {
    const stream = new ClientStream(this.#streams, { request, answer, receiveWindow: STREAM_WINDOW });
    this.#streams.add(stream);
    if (request.byteLength >= AT_ONCE_BYTES) this.#outbox.flush();
    return stream;
  }

  ping(): void {
    this.#outbox.push(pingFrame(Buffer.alloc(8), false));
  }

  /** Open requests are finished, then the connection ends. */
  leave(): void {
    this.#leaving = true;
    if (this.#streams.size === 0) this.#rest();
  }

  destroy(reason: string): void {
    this.#failure ??= reason;
    this.#socket.destroy();
  }

  frame(head: FrameHead, payload: Buffer): ErrorCodeValue | undefined {
    if (!this.#blocks.allows(head) || (!this.#greeted && head.type !== FrameType.settings)) return ErrorCode.protocol;
    switch (head.type) {
      case FrameType.headers:
      case FrameType.continuation:
        return this.#headers(head, payload);
      case FrameType.priority:
        return payload.length === 5 ? undefined : ErrorCode.frameSize;
      case FrameType.rstStream:
      case FrameType.windowUpdate:
        return payload.length === 4 ? this.#streamFrame(head, payload.readUInt32BE(0)) : ErrorCode.frameSize;
      case FrameType.pushPromise:
        return ErrorCode.protocol;
      default:
        return this.#connectionFrame(head, payload);
    }
  }

  dataBegins(stream: number, bytes: number): ErrorCodeValue | undefined {
    const isAllowed = this.#greeted && this.#blocks.allows({ type: FrameType.data, flags: 0, stream });
    return isAllowed && !this.#streams.isIdle(stream) ? this.#data.begins(stream, bytes) : ErrorCode.protocol;
  }

  data(piece: Buffer): void {
    this.#data.piece(piece);
  }

  dataEnds(isLast: boolean): undefined {
    this.#data.ends(isLast);
  }

  #read(chunk: Buffer): void {
    const fault = this.#socket.destroyed ? undefined : this.#reader.push(chunk, 0);
    if (fault !== undefined) this.#break(fault);
    this.#outbox.flush();
    freeMemory(chunk);
  }

  #headers(head: FrameHead, payload: Buffer): ErrorCodeValue | undefined {
    if (this.#streams.isIdle(head.stream)) return ErrorCode.protocol;
    const block = this.#blocks.push(head, payload);
    if (typeof block !== 'object') return block;
    const fields = this.#heads.read(block.bytes);
    if (fields === 'broken') return ErrorCode.compression;
    const stream = this.#streams.find(block.stream);
    if (stream === undefined) return undefined;
    if (fields === 'refused') this.#streams.fail(block.stream);
    else stream.fields(fields);
    if (block.isLast && stream.isOpen) stream.endOfPeer();
    return undefined;
  }

  #streamFrame({ type, stream }: FrameHead, number: number): ErrorCodeValue | undefined {
    const isOfConnection = type === FrameType.windowUpdate && stream === 0;
    if (!isOfConnection && this.#streams.isIdle(stream)) return ErrorCode.protocol;
    if (type === FrameType.windowUpdate) return this.#streams.widen(stream, number & 0x7fffffff);
    this.#streams.find(stream)?.close(`the backend broke the call off (HTTP/2 code ${number})`);
    return undefined;
  }

  #connectionFrame({ type, flags, stream }: FrameHead, payload: Buffer): ErrorCodeValue | undefined {
    if (type > FrameType.continuation) return undefined;
    if (stream !== 0) return ErrorCode.protocol;
    const isAck = (flags & Flag.ack) !== 0;
    if (type === FrameType.goAway) return this.#goAway(payload);
    if (type === FrameType.ping) {
      if (payload.length !== 8) return ErrorCode.frameSize;
      if (!isAck) return this.#reply(pingFrame(payload, true));
      this.#handler.alive();
      return undefined;
    }
    if (isAck) return payload.length === 0 ? undefined : ErrorCode.frameSize;
    const before = this.#peer.initialWindow;
    const fault = this.#peer.read(payload) ?? this.#streams.shiftWindows(this.#peer.initialWindow - before);
    if (fault !== undefined) return fault;
    this.#greeted = true;
    return this.#reply(settingsAck);
  }

  /** What the other side has not looked at is sent again elsewhere; the rest is finished. */
  #goAway(payload: Buffer): ErrorCodeValue | undefined {
    if (payload.length < 8) return ErrorCode.frameSize;
    this.#leaving = true;
    const code = payload.readUInt32BE(4);
    const reason = `the backend is leaving (GOAWAY${code === ErrorCode.none ? '' : `, HTTP/2 code ${code}`})`;
    if (code !== ErrorCode.none) this.#failure ??= reason;
    this.#streams.closeAbove(payload.readUInt32BE(0) & 0x7fffffff, reason);
    if (this.#streams.size === 0) this.#rest();
    return undefined;
  }

  #reply(answer: Buffer): ErrorCodeValue | undefined {
    this.#owedAnswers++;
    this.#outbox.push(answer, this.#answered);
    return this.#owedAnswers > MAX_OWED_ANSWERS ? ErrorCode.enhanceYourCalm : undefined;
  }

  #rest(): void {
    if (!this.#leaving || this.#socket.destroyed) return;
    this.#outbox.push(goAwayFrame(0, ErrorCode.none));
    this.#outbox.flush();
    this.#socket.end(() => this.#socket.destroy());
  }

  #break(code: ErrorCodeValue): void {
    this.#failure ??= this.#handler.explain(code, this.#greeted);
    this.#leaving = true;
    this.#outbox.push(goAwayFrame(0, code));
    this.#outbox.flush();
    this.#socket.destroy();
  }

  #closed(): void {
    this.#leaving = true;
    this.#outbox.flush();
    this.#handler.closed();
    this.#streams.closeAbove(-1, this.#failure ?? 'the connection closed without an answer');
  }
}
