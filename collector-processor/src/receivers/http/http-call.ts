import { IncomingMessage, ServerResponse } from 'node:http';
import { type PartialSuccess } from '../../model/export-request.ts';
import { BodyBuffer, type GatherResult } from '../../runtime/body-buffer.ts';
import { type ByteBudget } from '../byte-budget.ts';
import { type FlatHeaders } from '../cors.ts';
import { Exchange, type ReplyWriter } from '../exchange.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type Refusal } from '../refusal.ts';
import { type HttpHead } from './http-head.ts';
import { type HttpAnswer, okAnswer, refusalAnswer, write } from './http-reply.ts';

/**
 * Request and response know their call, so that listeners need no closures. That is for the garbage collector: with a
 * closure on the response's `close` nearly every request outlived two of its rounds and grew old.
 */
export class CallRequest extends IncomingMessage {
  call: HttpCall | undefined = undefined;
}

export class CallResponse extends ServerResponse<CallRequest> {
  call: HttpCall | undefined = undefined;
}

export interface HttpCallParts {
  readonly request: CallRequest;
  readonly response: CallResponse;
  readonly head: HttpHead;
  /** Of CORS; on every answer. */
  readonly headers: FlatHeaders;
  /** The sender waits for `100 Continue` before it sends the body. */
  readonly waitsForContinue: boolean;
}

/** One HTTP request: reads its body and writes the answer. */
export class HttpCall implements ReplyWriter {
  readonly #context: ReceiverContext;
  readonly #parts: HttpCallParts;
  readonly #exchange: Exchange;
  readonly #body: BodyBuffer;

  constructor(context: ReceiverContext, connection: ByteBudget, parts: HttpCallParts) {
    this.#context = context;
    this.#parts = parts;
    this.#exchange = new Exchange(context, connection, { head: parts.head, writer: this });
    this.#body = new BodyBuffer(parts.head.maxBytes, this.#exchange.charge, context.memory);
  }

  start(): void {
    const { request, response, head, waitsForContinue } = this.#parts;
    request.call = this;
    response.call = this;
    response.on('close', onClose);
    request.on('error', leaveToClose);
    if (!this.#exchange.open()) return;
    if (head.contentLength >= 0) this.#check(this.#body.announce(head.contentLength));
    if (!this.#exchange.receiving) return;
    if (waitsForContinue) response.writeContinue();
    request.on('data', onData);
    request.on('end', onEnd);
  }

  accepted(partial: PartialSuccess | undefined): void {
    const { service, encoding } = this.#parts.head;
    this.#write(okAnswer(encoding, partial === undefined ? undefined : service.partialResponse(partial, encoding)));
  }

  /** What is still to come of the body is read and thrown away, so that the sender gets to read the answer. */
  refused(refused: Refusal): void {
    const { request, response, head, waitsForContinue } = this.#parts;
    // Closing at once, as `Connection: close` asks for, would reset the connection under the bytes that still come.
    if (!request.complete) response.shouldKeepAlive = true;
    this.#write(
      refusalAnswer(refused, head.encoding, this.#context.options.retryAfter),
      waitsForContinue && !request.readableFlowing,
    );
    request.resume();
  }

  cut(): void {
    this.#parts.request.socket.destroy();
  }

  #write(answer: HttpAnswer, mustClose = false): void {
    const { response, headers } = this.#parts;
    if (response.destroyed) return;
    const closes = mustClose || this.#context.isLeaving();
    write(response, answer, closes ? [...headers, 'Connection', 'close'] : headers);
  }

  push(chunk: Buffer): void {
    if (this.#exchange.receiving) this.#check(this.#body.push(chunk));
  }

  #check(result: GatherResult): void {
    if (result !== 'ok') this.#exchange.refuseGathered(result);
  }

  end(): void {
    if (!this.#exchange.receiving) return;
    const { compression } = this.#parts.head;
    this.#exchange.received({ bytes: this.#body.bytes(), compression, release: () => this.#body.release() });
  }

  /** The answer is out, or the connection is gone. */
  closed(): void {
    const { request, response } = this.#parts;
    if (response.writableFinished && !request.complete) this.#closeAfterRequest();
    else this.#exchange.close(response.writableFinished);
  }

  /** A sender that was refused may still be sending, and must come to an end. */
  #closeAfterRequest(): void {
    const { request } = this.#parts;
    const { socket } = request;
    const close = () => {
      socket.off('close', close);
      this.#exchange.close(true);
    };
    request.once('end', close);
    socket.once('close', close);
  }
}

function onData(this: CallRequest, chunk: Buffer): void {
  this.call?.push(chunk);
}

function onEnd(this: CallRequest): void {
  this.call?.end();
}

function onClose(this: CallResponse): void {
  this.call?.closed();
}

/** A request's error (the sender went away) is followed by the response's `close`, which settles and counts the exchange. */
function leaveToClose(): void {
  // Without a listener Node would end the process.
}
