import { decodeMessage } from '../../model/otlp/decode-message.ts';
import { encodeMessage } from '../../model/otlp/encode.ts';
import { retryInfoTypeUrl } from '../../model/otlp/status-messages.ts';
import { type GrpcStatusCode } from './status.ts';

/** Trailer that holds a google.rpc.Status, base64 as every `-bin` header. */
export const STATUS_DETAILS_HEADER = 'grpc-status-details-bin';

const nanosPerMs = 1_000_000;

/** The trailer's value: a Status with one RetryInfo, which tells an OTLP client when to come back. */
export function encodeRetryDetails(code: GrpcStatusCode, message: string, retryAfterMs: number): string {
  const seconds = Math.floor(retryAfterMs / 1000);
  const nanos = Math.round((retryAfterMs - seconds * 1000) * nanosPerMs);
  const value = encodeMessage('RetryInfo', { retryDelay: { seconds, nanos } });
  const status = encodeMessage('Status', { code, message, details: [{ typeUrl: retryInfoTypeUrl, value }] });
  return Buffer.from(status).toString('base64').replace(/=+$/, '');
}

/**
 * Milliseconds until the server wants to be asked again, from the trailer of any server; `undefined` when it does not say
 * so, or says it in a way that cannot be read (the status code then stands alone).
 */
export function retryAfterMsOf(details: string | undefined): number | undefined {
  if (details === undefined) return undefined;
  const status = decodeMessage('Status', Buffer.from(details, 'base64'));
  if (status.kind === 'malformed') return undefined;
  for (const { typeUrl, value } of status.message.details ?? []) {
    if (typeUrl !== retryInfoTypeUrl) continue;
    const info = decodeMessage('RetryInfo', value ?? new Uint8Array(0));
    if (info.kind === 'malformed') return undefined;
    const { seconds = 0n, nanos = 0 } = info.message.retryDelay ?? {};
    return Math.max(0, Number(seconds) * 1000 + nanos / nanosPerMs);
  }
  return undefined;
}
