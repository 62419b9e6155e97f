import type { Signal } from '../../model/signal.ts';
import { unlimitedReserve } from '../../runtime/body-buffer.ts';
import { messageOf } from '../../runtime/errors.ts';
import { FRAME_PREFIX_BYTES, framePrefix } from '../../runtime/grpc/frame.ts';
import { MessageReader } from '../../runtime/grpc/message-reader.ts';
import type { HeaderFields } from '../../runtime/http-headers.ts';
import type { AnswerHandler, ClientStream } from '../../runtime/http2/client-stream.ts';
import { GrpcHeads } from './grpc-heads.ts';
import { type GrpcFields, readGrpcReply } from './grpc-reply.ts';
import { GrpcSession } from './grpc-session.ts';
import {
  type ConnectionOptions,
  MAX_RESPONSE_BYTES,
  type OutgoingRequest,
  type SendOutcome,
  type Transport,
} from './transport.ts';
import { whenTimeIsUp } from './when-time-is-up.ts';

/** OTLP over gRPC: unary calls on one HTTP/2 connection. Takes protobuf only. */
export function createGrpcTransport(options: ConnectionOptions): Transport {
  const session = new GrpcSession(options);
  const heads = new GrpcHeads(options);

  return {
    send(request) {
      return new Promise((resolve) => {
        const call = new Call({ session, signal: request.signal, timeoutMs: options.timeout, resolve });
        try {
          call.start(heads.of(request), request);
        } catch (error) {
          resolve({ kind: 'retry', reason: messageOf(error), throttled: false });
        }
      });
    },
    close: () => session.close(),
  };
}

interface CallParts {
  readonly session: GrpcSession;
  readonly signal: Signal;
  readonly timeoutMs: number;
  readonly resolve: (outcome: SendOutcome) => void;
}

/** One attempt. Whatever happens first decides the outcome. */
class Call implements AnswerHandler {
  readonly #parts: CallParts;
  readonly #message = new MessageReader(MAX_RESPONSE_BYTES, unlimitedReserve);
  #stream: ClientStream | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settled = false;
  #fields: GrpcFields = {};
  #complete = false;

  constructor(parts: CallParts) {
    this.#parts = parts;
  }

  start(head: Buffer, { parts, byteLength, compression }: OutgoingRequest): void {
    const { session, timeoutMs } = this.#parts;
    this.#timer = whenTimeIsUp(timeoutMs, () => this.#giveUp());
    const message = [framePrefix(byteLength, compression !== 'identity'), ...parts];
    this.#stream = session.send({ head, parts: message, byteLength: FRAME_PREFIX_BYTES + byteLength }, this);
  }

  fields(fields: HeaderFields): void {
    this.#fields = { ...this.#fields, ...fields };
  }

  data(piece: Buffer): void {
    const result = this.#message.push(piece);
    this.#complete = result === 'complete';
    if (result === 'complete' || result === 'partial') return;
    this.#stream?.cancel(`unreadable answer: ${result}`);
  }

  closed(reason: string | undefined): void {
    const { signal } = this.#parts;
    const httpStatus = Number(this.#fields[':status'] ?? 0);
    const answered = this.#fields['grpc-status'] !== undefined || (httpStatus !== 0 && httpStatus !== 200);
    if (!answered) {
      const why = reason ?? 'the call ended without a status';
      this.#settle({ kind: 'retry', reason: why, throttled: false });
      return;
    }
    const message = this.#complete && !this.#message.compressed ? this.#message.message() : new Uint8Array(0);
    const outcome = readGrpcReply({ signal, httpStatus, fields: this.#fields, message });
    const unflushed = outcome.kind === 'delivered' && this.#stream?.hasLeft !== true;
    this.#settle(unflushed ? { ...outcome, unflushed } : outcome);
  }

  #giveUp(): void {
    if (this.#settled) return;
    const { session, timeoutMs } = this.#parts;
    this.#settle({ kind: 'retry', reason: `no answer within ${timeoutMs} ms`, throttled: false });
    this.#stream?.cancel('given up');
    session.probe();
  }

  #settle(outcome: SendOutcome): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#parts.resolve(outcome);
  }
}
