import { constants, type ServerHttp2Stream } from 'node:http2';
import { type PartialSuccess } from '../../model/export-request.ts';
import { MessageReader, type ReadResult } from '../../runtime/grpc/message-reader.ts';
import { type ByteBudget } from '../byte-budget.ts';
import { Exchange, type ReplyWriter } from '../exchange.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { refusal, type Refusal } from '../refusal.ts';
import { type GrpcHead } from './grpc-head.ts';
import { replyOk, replyStatus } from './grpc-reply.ts';

/** A message that pins much more memory than its own bytes is copied out of it once this share of the budget is used. */
const PRESSURE = 1 / 8;
const PINNED_RATIO = 4;

/** One unary call: reads its message from the stream and writes the answer. */
export class GrpcCall implements ReplyWriter {
  readonly #context: ReceiverContext;
  readonly #stream: ServerHttp2Stream;
  readonly #head: GrpcHead;
  readonly #exchange: Exchange;
  readonly #reader: MessageReader;
  #read: ReadResult = 'partial';

  constructor(
    context: ReceiverContext,
    connection: ByteBudget,
    { stream, head }: { stream: ServerHttp2Stream; head: GrpcHead },
  ) {
    this.#context = context;
    this.#stream = stream;
    this.#head = head;
    this.#exchange = new Exchange(context, connection, { head, writer: this });
    this.#reader = new MessageReader(head.maxBytes, this.#exchange.charge, context.memory);
  }

  start(): void {
    const stream = this.#stream;
    stream.on('close', () =>
      this.#exchange.close(stream.writableFinished && stream.rstCode === constants.NGHTTP2_NO_ERROR),
    );
    if (!this.#exchange.open()) return;
    stream.on('data', (chunk: Buffer) => this.#push(chunk));
    stream.on('end', () => this.#end());
  }

  accepted(partial: PartialSuccess | undefined): void {
    const { service, encoding } = this.#head;
    replyOk(this.#stream, partial === undefined ? undefined : service.partialResponse(partial, encoding));
  }

  refused(refused: Refusal): void {
    replyStatus(this.#stream, refused, this.#context.options.retryAfter);
  }

  cut(): void {
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  #push(chunk: Buffer): void {
    if (!this.#exchange.receiving) return;
    const read = this.#reader.push(chunk);
    this.#read = read;
    switch (read) {
      case 'partial':
        break;
      case 'complete':
        if (this.#reader.compressed && this.#head.messageCompression === 'identity') {
          this.#malformed('The message is marked as compressed but grpc-encoding names no compression.');
        }
        break;
      case 'excess':
        this.#exchange.refuse(refusal('unknown_method', 'Export takes one message; more bytes followed it.'));
        break;
      case 'bad_flag':
        this.#malformed('The message prefix begins with neither 0 nor 1.');
        break;
      case 'too_large':
      case 'full':
        this.#exchange.refuseGathered(read);
    }
  }

  #end(): void {
    if (!this.#exchange.receiving) return;
    if (this.#read === 'complete') {
      const compression = this.#reader.compressed ? this.#head.messageCompression : 'identity';
      this.#exchange.received({ bytes: this.#message(), compression, release: () => this.#reader.release() });
    } else if (this.#reader.untouched) {
      this.#exchange.refuse(refusal('unknown_method', 'Export takes one message; none came.'));
    } else {
      this.#malformed('The request ended inside its message.');
    }
  }

  /** A small message is a view into 64 KiB that were read at once; many waiting ones would hold far more than they count. */
  #message(): Uint8Array {
    const message = this.#reader.message();
    const { budget } = this.#context;
    const pinsMuch = message.buffer.byteLength > PINNED_RATIO * message.length;
    return pinsMuch && budget.used > budget.limit * PRESSURE ? new Uint8Array(message) : message;
  }

  #malformed(reason: string): void {
    this.#exchange.refuse(refusal('malformed', reason));
  }
}
