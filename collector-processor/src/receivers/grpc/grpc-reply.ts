import { frameMessage, framePrefix } from '../../runtime/grpc/frame.ts';
import { encodeRetryDetails, STATUS_DETAILS_HEADER } from '../../runtime/grpc/status-details.ts';
import { encodeStatusMessage } from '../../runtime/grpc/status-message.ts';
import { encodeFields } from '../../runtime/http2/hpack-encoder.ts';
import { type ServerStream } from '../../runtime/http2/server-stream.ts';
import { type Refusal, statusOf } from '../refusal.ts';

const okHeaders = {
  ':status': '200',
  'content-type': 'application/grpc',
  'grpc-accept-encoding': 'identity,gzip,zstd',
};
const okHead = encodeFields(okHeaders);
const okTrailers = encodeFields({ 'grpc-status': '0' });
const notGrpcHead = encodeFields({ ':status': '415', 'content-type': 'text/plain; charset=utf-8' });
const emptyMessage = framePrefix(0, false);

/** OK with the response message; without one, with the empty message. */
export function replyOk(stream: ServerStream, message?: Uint8Array): void {
  const body = message === undefined ? emptyMessage : frameMessage(message, false);
  stream.respond({ head: okHead, body, trailers: okTrailers });
}

/** A status alone ("trailers-only"). */
export function replyStatus(stream: ServerStream, refused: Refusal, retryAfterMs: number): void {
  stream.respond({ head: encodeFields(refusalHeaders(refused, retryAfterMs)) });
}

function refusalHeaders({ cause, reason, retryAfterMs }: Refusal, defaultRetryAfterMs: number): Record<string, string> {
  const { grpc, throttles } = statusOf(cause);
  const headers = { ...okHeaders, 'grpc-status': String(grpc), 'grpc-message': encodeStatusMessage(reason) };
  if (throttles !== true) return headers;
  return { ...headers, [STATUS_DETAILS_HEADER]: encodeRetryDetails(grpc, reason, retryAfterMs ?? defaultRetryAfterMs) };
}

/** Whoever does not speak gRPC cannot read a gRPC status. */
export function replyNotGrpc(stream: ServerStream, { reason }: Refusal): void {
  stream.respond({ head: notGrpcHead, body: Buffer.from(`${reason}\n`) });
}
