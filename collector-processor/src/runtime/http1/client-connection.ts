import { type Socket } from 'node:net';
import { codeOf, messageOf } from '../errors.ts';
import { BodyReader } from './body-reader.ts';
import { HeadReader } from './head-reader.ts';
import { readResponseHead, type ResponseHead } from './response-head.ts';

/** A request that is there whole. */
export interface ClientRequest {
  /** From the first line to the empty one. */
  readonly head: string;
  readonly parts: readonly Uint8Array[];
  readonly byteLength: number;
}

/** Takes the answer to one request. */
export interface AnswerTaker {
  head(head: ResponseHead): void;
  /** A view that may be read during the call only. */
  data(piece: Buffer): void;
  /** The answer is whole. */
  end(): void;
  /** The connection is gone before that. */
  failed(reason: string): void;
}

export interface ClientConnectionHandler {
  /** The answer is whole, and the next request may leave. */
  idle(connection: ClientConnection, last: ResponseHead): void;
  closed(connection: ClientConnection): void;
}

const MAX_HEAD_BYTES = 64 * 1024;
/** Up to this, head and body are copied into one write; beyond it a write of several pieces costs less. */
const COPY_BYTES = 16 * 1024;

/** The client's side of one HTTP/1.1 connection (RFC 9112): one request at a time. */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #handler: ClientConnectionHandler;
  readonly #head = new HeadReader(MAX_HEAD_BYTES);
  readonly #body = new BodyReader();
  #taker: AnswerTaker | undefined;
  #answer: ResponseHead | undefined;
  #failure: string | undefined;
  readonly #takePiece = (piece: Buffer): void => this.#taker?.data(piece);

  constructor(socket: Socket, handler: ClientConnectionHandler) {
    this.#socket = socket;
    this.#handler = handler;
    socket.on('error', (error) => (this.#failure ??= reasonOf(error)));
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.once('end', () => this.#end());
    socket.once('close', () => this.#closed());
  }

  /** Bytes of the request have not left yet. */
  get isWriting(): boolean {
    return !this.#socket.destroyed && this.#socket.writableLength > 0;
  }

  get isUsable(): boolean {
    return !this.#socket.destroyed;
  }

  send({ head, parts, byteLength }: ClientRequest, taker: AnswerTaker): void {
    this.#taker = taker;
    if (byteLength <= COPY_BYTES) {
      this.#socket.write(joined(head, parts, byteLength));
      return;
    }
    this.#socket.cork();
    this.#socket.write(head, 'latin1');
    for (const part of parts) this.#socket.write(part);
    this.#socket.uncork();
  }

  destroy(reason: string): void {
    this.#failure ??= reason;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.#socket.destroyed) {
      if (this.#taker === undefined) {
        this.destroy('the backend answered what nobody had asked');
        return;
      }
      const next = this.#answer === undefined ? this.#readHead(chunk, at) : this.#body.push(chunk, at, this.#takePiece);
      if (next === undefined || typeof next === 'string') {
        this.destroy('what came back is no HTTP/1.1 answer');
        return;
      }
      at = next;
      if (this.#answer !== undefined && this.#body.isComplete) this.#answered(this.#answer, at < chunk.length);
    }
  }

  /** Interim answers (1xx) are passed over. */
  #readHead(chunk: Buffer, from: number): number | undefined {
    const end = this.#head.push(chunk, from);
    if (end === 'partial' || end === 'empty') return chunk.length;
    const head = typeof end === 'number' ? readResponseHead(this.#head.text) : undefined;
    if (typeof end !== 'number' || head === undefined || head.status === 101) return undefined;
    if (head.status < 200) return end;
    this.#answer = head;
    this.#body.begin(head.framing);
    this.#taker?.head(head);
    return end;
  }

  /** Whoever says more than was asked is not asked again: the rest would be taken for the next answer. */
  #answered(head: ResponseHead, saysMore: boolean): void {
    const taker = this.#taker;
    this.#taker = undefined;
    this.#answer = undefined;
    taker?.end();
    // A backend that answers before it has the whole request reads no more of it, as a rule.
    if (head.keepsAlive && !saysMore && !this.isWriting) this.#handler.idle(this, head);
    else this.#socket.destroy();
  }

  /** Who says nothing more answers nothing more. */
  #end(): void {
    if (this.#answer !== undefined && this.#body.end()) this.#answered(this.#answer, false);
    this.#socket.destroy();
  }

  #closed(): void {
    const taker = this.#taker;
    this.#taker = undefined;
    this.#handler.closed(this);
    taker?.failed(this.#failure ?? 'the connection closed without an answer');
  }
}

function joined(head: string, parts: readonly Uint8Array[], byteLength: number): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + byteLength);
  let at = bytes.write(head, 'latin1');
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function reasonOf(error: Error): string {
  const [message, code] = [messageOf(error), codeOf(error)];
  return message === '' || code === '' ? message || code : `${message} (${code})`;
}
