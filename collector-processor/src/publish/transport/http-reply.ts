import { decodeMessage } from '../../model/otlp/decode-message.ts';
import type { Signal } from '../../model/signal.ts';
import { MAX_READ_BYTES, parseJson, propertyOf, readPartialSuccess } from './partial-success.ts';
import { parseRetryAfter } from './retry-after.ts';
import type { SendOutcome } from './transport.ts';

/** An answer over HTTP, read whole or up to the cap. */
export interface HttpReply {
  readonly signal: Signal;
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly body: Uint8Array;
  readonly nowMs: number;
  /** Backends that are no OTLP servers at heart answer 500 when they are in trouble, whatever the request. */
  readonly serverErrorsPass: boolean;
}

const retryableByOtlp: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const MAX_REASON_LENGTH = 400;

/** OTLP 1.11, "Failures" and "OTLP/HTTP Response": retryable are exactly 429, 502, 503 and 504. */
export function readHttpReply(reply: HttpReply): SendOutcome {
  const { status, signal, contentType, body } = reply;
  if (status >= 200 && status < 300) {
    const encoding = encodingOf(contentType);
    const partial = encoding === undefined ? undefined : readPartialSuccess(signal, encoding, body);
    return partial === undefined ? { kind: 'delivered' } : { kind: 'delivered', partial };
  }
  const reason = `HTTP ${status}${detailOf(contentType, body)}`;
  if (!retryableByOtlp.has(status) && !(reply.serverErrorsPass && status >= 500)) {
    return { kind: 'refused', reason, status };
  }
  const retryAfterMs = parseRetryAfter(reply.retryAfter, reply.nowMs);
  const outcome = { kind: 'retry', reason, throttled: status === 429 } as const;
  return retryAfterMs === undefined ? outcome : { ...outcome, retryAfterMs };
}

function encodingOf(contentType: string): 'json' | 'protobuf' | undefined {
  if (contentType.startsWith('application/json')) return 'json';
  return contentType.startsWith('application/x-protobuf') ? 'protobuf' : undefined;
}

/** `: what the backend said`, from a google.rpc.Status in either encoding or from plain text. */
function detailOf(contentType: string, body: Uint8Array): string {
  const text = messageIn(contentType, body).replace(/\s+/g, ' ').trim();
  if (text === '') return '';
  return text.length > MAX_REASON_LENGTH ? `: ${text.slice(0, MAX_REASON_LENGTH)}…` : `: ${text}`;
}

function messageIn(contentType: string, body: Uint8Array): string {
  if (contentType.startsWith('text/') || body.length > MAX_READ_BYTES) return textOf(body);
  if (contentType.startsWith('application/json')) {
    const message = propertyOf(parseJson(body), 'message');
    return typeof message === 'string' ? message : textOf(body);
  }
  // Loki labels its Status as application/octet-stream.
  const status = decodeMessage('Status', body);
  return status.kind === 'message' ? (status.message.message ?? '') : '';
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, 4 * MAX_REASON_LENGTH)).toString('utf8');
}
