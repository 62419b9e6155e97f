import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Compression } from '../../model/export-request.ts';

const MIB = 1024 * 1024;
const limits = { chunkSize: MIB, maxOutputLength: 256 * MIB };

/** Whole body, all members and frames of it. For tests: trusts what it is given up to 256 MiB. */
export function inflateBody(body: Uint8Array, compression: Compression): Uint8Array {
  switch (compression) {
    case 'identity':
      return body;
    case 'gzip':
      return gunzipSync(body, limits);
    case 'zstd':
      return inflateFrames(body);
  }
}

/** Node stops after the first zstd frame and tells how many bytes it used. */
function inflateFrames(body: Uint8Array): Uint8Array {
  const frames: Uint8Array[] = [];
  for (let rest = body; rest.length > 0;) {
    const { buffer, usedBytes } = inflateFrame(rest);
    frames.push(buffer);
    rest = rest.subarray(usedBytes);
  }
  return frames.length === 1 ? (frames[0] ?? body) : Buffer.concat(frames);
}

function inflateFrame(bytes: Uint8Array): { buffer: Uint8Array; usedBytes: number } {
  const result: unknown = zstdDecompressSync(bytes, { ...limits, info: true });
  if (!isInfo(result)) throw new TypeError('This Node gives no information about the frames that it read.');
  return { buffer: result.buffer, usedBytes: result.engine.bytesWritten };
}

function isInfo(result: unknown): result is { buffer: Buffer; engine: { bytesWritten: number } } {
  return typeof result === 'object' && result !== null && 'engine' in result;
}
