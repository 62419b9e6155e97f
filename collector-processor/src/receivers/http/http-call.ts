import { type PartialSuccess } from '../../model/export-request.ts';
import { BodyBuffer, type GatherResult } from '../../runtime/body-buffer.ts';
import { type RequestTaker } from '../../runtime/http1/server-connection.ts';
import { type ByteBudget } from '../byte-budget.ts';
import { Exchange, type ReplyWriter } from '../exchange.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type Refusal } from '../refusal.ts';
import { type HttpHead } from './http-head.ts';
import { okAnswer, refusalAnswer } from './http-reply.ts';
import { type Responder } from './responder.ts';

/** One HTTP request: reads its body and gives the answer. */
export class HttpCall implements ReplyWriter, RequestTaker {
  readonly #context: ReceiverContext;
  readonly #head: HttpHead;
  readonly #responder: Responder;
  readonly #exchange: Exchange;
  readonly #body: BodyBuffer;

  constructor(
    context: ReceiverContext,
    connection: ByteBudget,
    { head, responder }: { head: HttpHead; responder: Responder },
  ) {
    this.#context = context;
    this.#head = head;
    this.#responder = responder;
    this.#exchange = new Exchange(context, connection, { head, writer: this });
    this.#body = new BodyBuffer(head.maxBytes, this.#exchange.charge, context.memory);
  }

  start(): void {
    const { contentLength } = this.#head;
    if (!this.#exchange.open()) return;
    if (contentLength >= 0) this.#check(this.#body.announce(contentLength));
    if (this.#exchange.receiving) this.#responder.goOn();
  }

  accepted(partial: PartialSuccess | undefined): void {
    const { service, encoding } = this.#head;
    const message = partial === undefined ? undefined : service.partialResponse(partial, encoding);
    this.#responder.respond(this, okAnswer(encoding, message));
  }

  /** What is still to come of the body is read and thrown away, so that the sender gets to read the answer. */
  refused(refused: Refusal): void {
    this.#responder.respond(this, refusalAnswer(refused, this.#head.encoding, this.#context.options.retryAfter));
  }

  cut(): void {
    this.#responder.cut();
  }

  data(piece: Buffer): void {
    if (this.#exchange.receiving) this.#check(this.#body.copy(piece));
  }

  end(): void {
    if (!this.#exchange.receiving) return;
    const { compression } = this.#head;
    this.#exchange.received({ bytes: this.#body.bytes(), compression, release: () => this.#body.release() });
  }

  closed(delivered: boolean): void {
    this.#exchange.close(delivered);
  }

  #check(result: GatherResult): void {
    if (result !== 'ok') this.#exchange.refuseGathered(result);
  }
}
