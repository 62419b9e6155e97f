import type { ExportRequest } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import { unlimitedReserve } from '../../runtime/body-buffer.ts';
import { inflateLater } from '../../runtime/inflate.ts';
import type { KeptRequest } from './kept-request.ts';

/** `lost`: nobody could read it now. */
export type Transcoded =
  | { readonly kind: 'protobuf'; readonly bytes: Uint8Array }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'lost' };

export type Transcode = (signal: Signal, json: Uint8Array) => Transcoded | Promise<Transcoded>;

export type Reopened =
  | { readonly kind: 'request'; readonly request: ExportRequest; readonly protobuf: Uint8Array }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string };

/** The receivers have held the body to their own cap; this one only keeps a mistake from growing without end. */
const MAX_PAYLOAD_BYTES = 1024 ** 3;

/** A request from the log as it was when it arrived: inflated, and as protobuf. */
export async function reopen(kept: KeptRequest, transcode: Transcode): Promise<Reopened> {
  const { signal, encoding, compression, body } = kept;
  let payload = body;
  if (compression !== 'identity') {
    const inflated = await inflateLater({ body, compression, maxBytes: MAX_PAYLOAD_BYTES, reserve: unlimitedReserve });
    if (inflated.kind !== 'inflated') return { kind: 'unreadable', reason: `its ${compression} is ${inflated.kind}` };
    payload = inflated.payload;
  }
  const request: ExportRequest = { ...kept, wire: 'http', payload };
  if (encoding === 'protobuf') return { kind: 'request', request, protobuf: payload };
  const transcoded = await transcode(signal, payload);
  if (transcoded.kind === 'lost') return { kind: 'later', reason: 'reading the JSON came to no end' };
  if (transcoded.kind === 'malformed') return { kind: 'unreadable', reason: transcoded.reason };
  return { kind: 'request', request, protobuf: transcoded.bytes };
}
