import { type PartialSuccess } from '../../model/export-request.ts';
import { MessageReader, type ReadResult } from '../../runtime/grpc/message-reader.ts';
import { ErrorCode } from '../../runtime/http2/frames.ts';
import { type ServerStream, type StreamHandler } from '../../runtime/http2/server-stream.ts';
import { type ByteBudget } from '../byte-budget.ts';
import { Exchange, type ReplyWriter } from '../exchange.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { refusal, type Refusal } from '../refusal.ts';
import { type GrpcHead } from './grpc-head.ts';
import { replyOk, replyStatus } from './grpc-reply.ts';

/** One unary call: reads its message from the stream and writes the answer. */
export class GrpcCall implements ReplyWriter, StreamHandler {
  readonly #context: ReceiverContext;
  readonly #stream: ServerStream;
  readonly #head: GrpcHead;
  readonly #exchange: Exchange;
  readonly #reader: MessageReader;
  #read: ReadResult = 'partial';

  constructor(
    context: ReceiverContext,
    connection: ByteBudget,
    { stream, head }: { stream: ServerStream; head: GrpcHead },
  ) {
    this.#context = context;
    this.#stream = stream;
    this.#head = head;
    this.#exchange = new Exchange(context, connection, { head, writer: this });
    this.#reader = new MessageReader(head.maxBytes, this.#exchange.charge, context.memory);
  }

  start(): void {
    this.#stream.handler = this;
    this.#exchange.open();
  }

  accepted(partial: PartialSuccess | undefined): void {
    const { service, encoding } = this.#head;
    replyOk(this.#stream, partial === undefined ? undefined : service.partialResponse(partial, encoding));
  }

  refused(refused: Refusal): void {
    replyStatus(this.#stream, refused, this.#context.options.retryAfter);
  }

  cut(): void {
    this.#stream.reset(ErrorCode.cancel);
  }

  data(piece: Buffer): void {
    if (!this.#exchange.receiving) return;
    const read = this.#reader.push(piece);
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

  end(): void {
    if (!this.#exchange.receiving) return;
    if (this.#read === 'complete') {
      const compression = this.#reader.compressed ? this.#head.messageCompression : 'identity';
      this.#exchange.received({ bytes: this.#reader.message(), compression, release: () => this.#reader.release() });
    } else if (this.#reader.untouched) {
      this.#exchange.refuse(refusal('unknown_method', 'Export takes one message; none came.'));
    } else {
      this.#malformed('The request ended inside its message.');
    }
  }

  closed(delivered: boolean): void {
    this.#exchange.close(delivered);
  }

  #malformed(reason: string): void {
    this.#exchange.refuse(refusal('malformed', reason));
  }
}
