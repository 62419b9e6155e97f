import { constants, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import type { Signal } from '../../model/signal.ts';
import { unlimitedReserve } from '../../runtime/body-buffer.ts';
import { messageOf } from '../../runtime/errors.ts';
import { exportMethods } from '../../runtime/grpc/export-methods.ts';
import { FRAME_PREFIX_BYTES, framePrefix } from '../../runtime/grpc/frame.ts';
import { MessageReader } from '../../runtime/grpc/message-reader.ts';
import { formatGrpcTimeout } from '../../runtime/grpc/timeout.ts';
import { version } from '../../runtime/version.ts';
import { VIA_HEADER, viaWith } from '../../runtime/via.ts';
import { type GrpcFields, readGrpcReply } from './grpc-reply.ts';
import { GrpcSession } from './grpc-session.ts';
import {
  type ConnectionOptions,
  MAX_RESPONSE_BYTES,
  type OutgoingRequest,
  type SendOutcome,
  type Transport,
} from './transport.ts';

/** Up to this, prefix and message go out as one write: a copy costs less than a second frame. */
const ONE_WRITE_BYTES = 64 * 1024;

/** OTLP over gRPC: unary calls on one HTTP/2 connection. Takes protobuf only. */
export function createGrpcTransport(options: ConnectionOptions): Transport {
  const session = new GrpcSession(options);
  const basePath = options.endpoint.pathname.replace(/\/$/, '');
  const fixed = {
    ':method': 'POST',
    'content-type': 'application/grpc',
    te: 'trailers',
    'user-agent': `sentinel/${version}`,
    'grpc-timeout': formatGrpcTimeout(options.timeout),
  };

  function headersFor({ signal, compression, headers }: OutgoingRequest): Record<string, string> {
    const path = { ':path': basePath + exportMethods[signal] };
    const encoding = compression === 'identity' ? {} : { 'grpc-encoding': compression };
    const via = { [VIA_HEADER]: viaWith(headers[VIA_HEADER]) };
    return { ...headers, ...options.headers, ...fixed, ...path, ...encoding, ...via };
  }

  return {
    send(request) {
      return new Promise((resolve) => {
        let stream: ClientHttp2Stream;
        try {
          stream = session.open(headersFor(request));
        } catch (error) {
          resolve({ kind: 'retry', reason: messageOf(error), throttled: false });
          return;
        }
        new Call({ stream, session, signal: request.signal, resolve }).limit(options.timeout);
        writeMessage(stream, request);
      });
    },
    close: () => session.close(),
  };
}

function writeMessage(stream: ClientHttp2Stream, { parts, byteLength, compression }: OutgoingRequest): void {
  const prefix = framePrefix(byteLength, compression !== 'identity');
  if (byteLength <= ONE_WRITE_BYTES) {
    stream.end(Buffer.concat([prefix, ...parts], FRAME_PREFIX_BYTES + byteLength));
    return;
  }
  stream.write(prefix);
  for (const part of parts) stream.write(part);
  stream.end();
}

interface CallParts {
  readonly stream: ClientHttp2Stream;
  readonly session: GrpcSession;
  readonly signal: Signal;
  readonly resolve: (outcome: SendOutcome) => void;
}

/** One attempt. Whatever happens first decides the outcome. */
class Call {
  readonly #parts: CallParts;
  readonly #message = new MessageReader(MAX_RESPONSE_BYTES, unlimitedReserve);
  #timer: NodeJS.Timeout | undefined;
  #settled = false;
  #httpStatus = 0;
  #fields: GrpcFields = {};
  #complete = false;
  #error = '';

  constructor(parts: CallParts) {
    this.#parts = parts;
    const { stream, session } = parts;
    stream.on('response', (headers: IncomingHttpHeaders) => {
      this.#httpStatus = Number(headers[':status'] ?? 0);
      this.#fields = headers;
    });
    stream.on('data', (chunk: Buffer) => this.#read(chunk));
    stream.on('trailers', (trailers: IncomingHttpHeaders) => {
      this.#fields = { ...this.#fields, ...trailers };
    });
    stream.on('error', (error: unknown) => {
      this.#error = session.explain(error);
    });
    stream.on('close', () => this.#finish());
  }

  limit(timeoutMs: number): void {
    this.#timer = setTimeout(() => {
      this.#settle({ kind: 'retry', reason: `no answer within ${timeoutMs} ms`, throttled: false });
      this.#parts.stream.close(constants.NGHTTP2_CANCEL);
      this.#parts.session.probe();
    }, timeoutMs);
  }

  #read(chunk: Buffer): void {
    const result = this.#message.push(chunk);
    this.#complete = result === 'complete';
    if (result === 'complete' || result === 'partial') return;
    this.#error = `unreadable answer: ${result}`;
    this.#parts.stream.close(constants.NGHTTP2_CANCEL);
  }

  #finish(): void {
    const { signal, session, stream } = this.#parts;
    const answered = this.#fields['grpc-status'] !== undefined || (this.#httpStatus !== 0 && this.#httpStatus !== 200);
    if (!answered) {
      const reason = session.failure || this.#error || 'the connection closed without an answer';
      this.#settle({ kind: 'retry', reason, throttled: false });
      return;
    }
    const message = this.#complete && !this.#message.compressed ? this.#message.message() : new Uint8Array(0);
    const outcome = readGrpcReply({ signal, httpStatus: this.#httpStatus, fields: this.#fields, message });
    const unflushed = outcome.kind === 'delivered' && !stream.writableFinished;
    this.#settle(unflushed ? { ...outcome, unflushed } : outcome);
  }

  #settle(outcome: SendOutcome): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#parts.resolve(outcome);
  }
}
