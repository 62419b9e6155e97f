import type { Compression, Encoding, ExportRequest } from '../../model/export-request.ts';
import type { ReencodeReason } from '../delivery/backend-books.ts';

/** Encodings and compressions in which a backend takes a request as received. */
export interface Accepted {
  readonly encodings: ReadonlySet<Encoding>;
  readonly compressions: ReadonlySet<Compression>;
}

export interface WireForm {
  readonly encoding: Encoding;
  readonly compression: Compression;
  readonly body: Uint8Array;
  /** Why it is not the bytes received; absent when it is. */
  readonly reencoded?: ReencodeReason;
}

/**
 * The received bytes where the backend takes them. Otherwise the least that helps: the inflated payload for a compression
 * it does not know, the protobuf message for JSON. Nothing is ever compressed here: that costs more than all the rest.
 */
export function wireForm(request: ExportRequest, protobuf: Uint8Array, accepted: Accepted): WireForm {
  const { encoding, compression, body, payload } = request;
  if (!accepted.encodings.has(encoding)) {
    return { encoding: 'protobuf', compression: 'identity', body: protobuf, reencoded: 'json' };
  }
  if (compression === 'identity' || accepted.compressions.has(compression)) return { encoding, compression, body };
  return { encoding, compression: 'identity', body: payload, reencoded: compression };
}
