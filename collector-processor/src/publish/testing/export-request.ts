import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Compression, ExportRequest } from '../../model/export-request.ts';

const compress = { identity: (bytes: Uint8Array) => bytes, gzip: gzipSync, zstd: zstdCompressSync } as const;

/** A request for logs as the receivers make it. */
export function exportRequest(
  payload: Uint8Array,
  { compression = 'identity', ...changes }: Partial<ExportRequest> & { compression?: Compression } = {},
): ExportRequest {
  return {
    signal: 'logs',
    wire: 'http',
    encoding: 'protobuf',
    compression,
    body: compress[compression](payload),
    payload,
    headers: {},
    tenant: '',
    receivedAtMs: 0,
    ...changes,
  };
}
