import { type Duplex } from 'node:stream';
import { freeMemory } from '../free-memory.ts';
import { BodyReader } from './body-reader.ts';
import { HeadReader } from './head-reader.ts';
import { type HeadFault, readRequestHead, type RequestHead } from './request-head.ts';

/** Takes one request. */
export interface RequestTaker {
  /** Before anything of the body. */
  start(): void;
  /** A view that may be read during the call only. */
  data(piece: Buffer): void;
  /** The body is complete. */
  end(): void;
  /** Nothing comes any more; `delivered`: the whole answer has left. Called once. */
  closed(delivered: boolean): void;
}

export interface ServerConnectionHandler {
  /** A request; who takes it is told all about it. */
  request(head: RequestHead): RequestTaker;
  /** The first bytes of a head have come, and more have to. */
  began(): void;
  /** A request is over, and the next one may come. */
  idle(): void;
  /** The last answer has left, and the other side may go. */
  ending(): void;
  /** What came is no request: it is for the handler to say so and to `end`, or to destroy the connection. */
  broken(fault: HeadFault | 'too_large'): void;
}

/** What follows the answer: the next request, or the end, behind the body or (when that may never come) at once. */
export type AfterAnswer = 'next' | 'end' | 'end_now';

const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');

/**
 * The server's side of one HTTP/1.1 connection (RFC 9112), for answers in one piece. Requests are taken one after the other: while
 * one is not answered nothing more is read, so pipelining costs no more than a chunk. Heads are bounded by `maxHeadBytes`,
 * bodies by whoever takes them.
 */
export class ServerConnection {
  readonly #socket: Duplex;
  readonly #handler: ServerConnectionHandler;
  readonly #head: HeadReader;
  readonly #body = new BodyReader();
  #taker: RequestTaker | undefined;
  #answer: 'owed' | 'leaving' | 'left' = 'owed';
  #after: AfterAnswer = 'next';
  /** What came behind a request that is not answered. */
  #held: Buffer | undefined;
  #ended = false;
  readonly #takePiece = (piece: Buffer): void => this.#taker?.data(piece);
  readonly #whenLeft = (error: Error | null | undefined): void => {
    if (error === null || error === undefined) this.#left();
  };

  constructor(socket: Duplex, maxHeadBytes: number, handler: ServerConnectionHandler) {
    this.#socket = socket;
    this.#handler = handler;
    this.#head = new HeadReader(maxHeadBytes);
    socket.on('error', leaveToClose);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.once('end', () => socket.end());
    socket.once('close', () => this.#closed());
  }

  /** The whole answer to the taker's request, once. */
  respond(taker: RequestTaker, answer: Uint8Array, after: AfterAnswer): void {
    if (this.#taker !== taker || this.#answer !== 'owed') return;
    this.#answer = 'leaving';
    this.#after = after;
    this.#socket.write(answer, this.#whenLeft);
  }

  /** The sender of a request that `expects` to be told so goes on with the body. */
  goOn(): void {
    this.#socket.write(CONTINUE);
  }

  /** After what was answered; what still comes is thrown away. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#handler.ending();
    this.#socket.end();
    this.#socket.resume();
  }

  destroy(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  /** False when some of it has to wait. */
  #read(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length && !this.#ended) {
      if (this.#taker !== undefined && this.#body.isComplete) {
        this.#held = chunk.subarray(at);
        this.#socket.pause();
        return false;
      }
      const next = this.#taker === undefined ? this.#readHead(chunk, at) : this.#readBody(chunk, at);
      if (typeof next !== 'number') {
        this.#break(next);
        break;
      }
      at = next;
    }
    freeMemory(chunk);
    return true;
  }

  #readHead(chunk: Buffer, from: number): number | HeadFault | 'too_large' {
    const end = this.#head.push(chunk, from);
    if (end === 'partial') this.#handler.began();
    if (end === 'partial' || end === 'empty') return chunk.length;
    if (typeof end !== 'number') return end;
    const head = readRequestHead(this.#head.text);
    if (typeof head === 'string') return head;
    this.#body.begin(head.framing);
    this.#answer = 'owed';
    this.#after = 'next';
    this.#taker = this.#handler.request(head);
    this.#taker.start();
    if (this.#body.isComplete) this.#bodyEnds();
    return end;
  }

  #readBody(chunk: Buffer, from: number): number | 'malformed' {
    const end = this.#body.push(chunk, from, this.#takePiece);
    if (this.#body.isComplete) this.#bodyEnds();
    return end;
  }

  #bodyEnds(): void {
    this.#taker?.end();
    if (this.#answer === 'left') this.#over();
  }

  #left(): void {
    this.#answer = 'left';
    if (this.#body.isComplete || this.#after === 'end_now') this.#over();
  }

  #over(): void {
    const taker = this.#taker;
    this.#taker = undefined;
    taker?.closed(true);
    if (this.#after !== 'next') {
      this.end();
      return;
    }
    this.#handler.idle();
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    if (this.#read(held)) this.#socket.resume();
  }

  #break(fault: HeadFault | 'too_large'): void {
    this.#handler.broken(fault);
    this.#ended = true;
  }

  #closed(): void {
    this.#ended = true;
    const taker = this.#taker;
    this.#taker = undefined;
    taker?.closed(this.#answer === 'left');
  }
}

function leaveToClose(): void {
  // `close` follows, which ends the request. Without a listener Node would end the process.
}
