import { STATUS_CODES } from 'node:http';
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
  /** Of the body; absent where there is none. */
  readonly encoding?: Encoding;
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

/** Permission for a browser to send its request. */
export function preflightAnswer(headers: FlatHeaders): HttpAnswer {
  return { status: 204, body: emptyMessages.protobuf, headers };
}

export interface AnswerManner {
  readonly more: FlatHeaders;
  readonly closes: boolean;
  /** How long the connection may be idle. */
  readonly idleMs: number;
  /** The answer to HEAD says how long a body would be. */
  readonly hasBody: boolean;
  readonly nowMs: number;
}

/** The bytes of an answer, head and body in one piece. */
export function writeAnswer({ status, encoding, body, headers }: HttpAnswer, manner: AnswerManner): Buffer {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nDate: ${dateOf(manner.nowMs)}\r\n`;
  if (encoding !== undefined) head += `Content-Type: ${contentTypes[encoding]}\r\nContent-Length: ${body.length}\r\n`;
  head += manner.closes ? 'Connection: close\r\n' : keepAlive(manner.idleMs);
  for (const list of [headers, manner.more]) {
    for (let i = 0; i + 1 < list.length; i += 2) head += `${list[i] ?? ''}: ${list[i + 1] ?? ''}\r\n`;
  }
  const bodyBytes = manner.hasBody ? body.length : 0;
  const bytes = Buffer.allocUnsafe(head.length + 2 + bodyBytes);
  bytes.write(`${head}\r\n`, 'latin1');
  if (bodyBytes > 0) bytes.set(body, head.length + 2);
  return bytes;
}

function keepAlive(idleMs: number): string {
  return `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(idleMs / 1000)}\r\n`;
}

let datedSecond = -1;
let date = '';

/** Made once a second. */
function dateOf(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== datedSecond) {
    datedSecond = second;
    date = new Date(nowMs).toUTCString();
  }
  return date;
}

/** Whole seconds, at least one. */
function seconds(milliseconds: number): string {
  return String(Math.max(1, Math.ceil(milliseconds / 1000)));
}
