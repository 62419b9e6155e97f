import {
  constants,
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { TlsOptions } from 'node:tls';
import type { Compression } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import { unlimitedReserve } from '../../runtime/body-buffer.ts';
import { frameMessage } from '../../runtime/grpc/frame.ts';
import { MessageReader } from '../../runtime/grpc/message-reader.ts';
import { encodeStatusMessage } from '../../runtime/grpc/status-message.ts';
import { GrpcStatus, type GrpcStatusCode } from '../../runtime/grpc/status.ts';
import { grpcStatusForHttp, type SinkAnswer } from './sink-answer.ts';
import { type SinkLog, signalOfPath } from './sink-log.ts';
import { exportResponse, statusMessage } from './sink-replies.ts';

const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
const WINDOW_BYTES = 8 * 1024 * 1024;
const compressions: Readonly<Record<string, Compression>> = { identity: 'identity', gzip: 'gzip', zstd: 'zstd' };

/** OTLP over gRPC, unary. */
export function createGrpcSink(log: SinkLog, tls?: TlsOptions): Http2Server {
  const settings = { initialWindowSize: WINDOW_BYTES, maxFrameSize: 1024 * 1024 };
  const server =
    tls === undefined ? createServer({ settings }) : createSecureServer({ ...tls, settings, allowHTTP1: false });
  server.on('session', (session) => {
    session.setLocalWindowSize(WINDOW_BYTES);
    session.on('error', () => session.destroy());
  });
  server.on('stream', (stream, headers) => receive(log, stream, headers));
  return server;
}

function receive(log: SinkLog, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const reader = new MessageReader(MAX_MESSAGE_BYTES, unlimitedReserve);
  let complete = false;
  let broken = false;
  stream.on('error', () => stream.destroy());
  stream.on('data', (chunk: Uint8Array) => {
    const result = reader.push(chunk);
    complete = result === 'complete';
    broken ||= result !== 'partial' && result !== 'complete';
  });
  stream.on('end', () => {
    if (complete && !broken) takeGrpc(log, stream, { headers, reader });
    else refuse(stream, GrpcStatus.INTERNAL, 'not one gRPC message');
  });
}

function takeGrpc(
  log: SinkLog,
  stream: ServerHttp2Stream,
  { headers, reader }: { headers: IncomingHttpHeaders; reader: MessageReader },
): void {
  const path = headers[':path'] ?? '';
  const signal = signalOfPath(path);
  const compression = reader.compressed ? compressions[String(headers['grpc-encoding'])] : 'identity';
  if (signal === undefined || compression === undefined) {
    refuse(stream, GrpcStatus.UNIMPLEMENTED, `no ${path} with ${String(headers['grpc-encoding'])}`);
    return;
  }
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const body = reader.message();
  answerGrpc(
    stream,
    signal,
    log.take({ signal, wire: 'grpc', encoding: 'protobuf', compression, path, headers: plain, body }),
  );
}

function answerGrpc(stream: ServerHttp2Stream, signal: Signal, answer: SinkAnswer): void {
  if (stream.destroyed) return;
  switch (answer.kind) {
    case 'hang':
      return;
    case 'reset':
      stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      return;
    case 'slow':
      setTimeout(() => answerGrpc(stream, signal, answer.then ?? { kind: 'ok' }), answer.delayMs).unref();
      return;
    case 'ok':
      reply(stream, exportResponse(signal));
      return;
    case 'partial':
      reply(stream, exportResponse(signal, answer));
      return;
    case 'status': {
      const code = answer.grpcStatus ?? grpcStatusForHttp(answer.status);
      if (code === GrpcStatus.OK) reply(stream, exportResponse(signal));
      else refuse(stream, code, answer.message ?? '', answer.retryAfterS);
    }
  }
}

function reply(stream: ServerHttp2Stream, message: Uint8Array): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(frameMessage(message, false));
}

/** Trailers-only answer. */
function refuse(stream: ServerHttp2Stream, code: GrpcStatusCode, message: string, retryAfterS?: number): void {
  const details = Buffer.from(statusMessage(code, message, retryAfterS)).toString('base64');
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(code),
      'grpc-message': encodeStatusMessage(message),
      'grpc-status-details-bin': details,
    },
    { endStream: true },
  );
}
