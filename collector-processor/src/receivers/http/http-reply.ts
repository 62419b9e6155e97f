import { type ServerResponse } from 'node:http';
import { type Encoding } from '../../model/export-request.ts';
import { encodeMessage } from '../../model/otlp/encode.ts';
import { type FlatHeaders } from '../cors.ts';
import { type Refusal, statusOf } from '../refusal.ts';

const contentTypes: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};
/** The response message without fields, which says that everything was accepted. */
const emptyMessages: Readonly<Record<Encoding, Buffer>> = { protobuf: Buffer.alloc(0), json: Buffer.from('{}') };

export interface HttpAnswer {
  readonly status: number;
  readonly encoding: Encoding;
  readonly body: Uint8Array;
  readonly headers: FlatHeaders;
}

export function okAnswer(encoding: Encoding, message: Uint8Array | undefined): HttpAnswer {
  return { status: 200, encoding, body: message ?? emptyMessages[encoding], headers: [] };
}

/** A google.rpc.Status in the encoding of the request, with the headers that tell the sender what to do. */
export function refusalAnswer(refused: Refusal, encoding: Encoding, defaultRetryAfterMs: number): HttpAnswer {
  const { cause, reason, retryAfterMs } = refused;
  const { http, grpc, throttles } = statusOf(cause);
  const status = { code: grpc, message: reason };
  const body = encoding === 'json' ? Buffer.from(JSON.stringify(status)) : encodeMessage('Status', status);
  const retryAfter = throttles === true ? ['Retry-After', seconds(retryAfterMs ?? defaultRetryAfterMs)] : [];
  return { status: http, encoding, body, headers: [...retryAfter, ...(remedies[cause] ?? [])] };
}

const remedies: Partial<Record<Refusal['cause'], FlatHeaders>> = {
  unknown_method: ['Allow', 'POST'],
  unauthenticated: ['WWW-Authenticate', 'Bearer'],
  unsupported: ['Accept', 'application/x-protobuf, application/json', 'Accept-Encoding', 'identity, gzip, zstd'],
};

export function write(
  response: ServerResponse,
  { status, encoding, body, headers }: HttpAnswer,
  more: FlatHeaders,
): void {
  const length = String(body.length);
  response.writeHead(status, ['Content-Type', contentTypes[encoding], 'Content-Length', length, ...headers, ...more]);
  response.end(body);
}

/** Whole seconds, at least one. */
function seconds(milliseconds: number): string {
  return String(Math.max(1, Math.ceil(milliseconds / 1000)));
}
