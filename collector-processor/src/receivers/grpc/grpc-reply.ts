import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { frameMessage, framePrefix } from '../../runtime/grpc/frame.ts';
import { encodeRetryDetails, STATUS_DETAILS_HEADER } from '../../runtime/grpc/status-details.ts';
import { encodeStatusMessage } from '../../runtime/grpc/status-message.ts';
import { type Refusal, statusOf } from '../refusal.ts';

const okHeaders: OutgoingHttpHeaders = {
  ':status': 200,
  'content-type': 'application/grpc',
  'grpc-accept-encoding': 'identity,gzip,zstd',
};
const okTrailers: OutgoingHttpHeaders = { 'grpc-status': '0' };
const streamOptions = { waitForTrailers: true };
const emptyMessage = framePrefix(0, false);

/** OK with the response message; without one, with the empty message. */
export function replyOk(stream: ServerHttp2Stream, message?: Uint8Array): void {
  if (stream.destroyed) return;
  stream.on('wantTrailers', sendOkTrailers);
  stream.respond(okHeaders, streamOptions);
  stream.end(message === undefined ? emptyMessage : frameMessage(message, false));
}

function sendOkTrailers(this: ServerHttp2Stream): void {
  this.sendTrailers(okTrailers);
}

/** A status alone ("trailers-only"). A request that is still being sent is then reset without an error: it need not go on. */
export function replyStatus(stream: ServerHttp2Stream, refused: Refusal, retryAfterMs: number): void {
  if (stream.destroyed) return;
  stream.respond(refusalHeaders(refused, retryAfterMs), { endStream: true });
  if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
}

function refusalHeaders({ cause, reason, retryAfterMs }: Refusal, defaultRetryAfterMs: number): OutgoingHttpHeaders {
  const { grpc, throttles } = statusOf(cause);
  const headers = { ...okHeaders, 'grpc-status': String(grpc), 'grpc-message': encodeStatusMessage(reason) };
  if (throttles !== true) return headers;
  return { ...headers, [STATUS_DETAILS_HEADER]: encodeRetryDetails(grpc, reason, retryAfterMs ?? defaultRetryAfterMs) };
}

/** Whoever does not speak gRPC cannot read a gRPC status. */
export function replyNotGrpc(stream: ServerHttp2Stream, { reason }: Refusal): void {
  if (stream.destroyed) return;
  stream.respond({ ':status': 415, 'content-type': 'text/plain; charset=utf-8' });
  stream.end(`${reason}\n`);
  if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
}
