import { crc32c } from './crc32c.ts';

/**
 * A segment is a file of records with rising sequences, behind a header of 32 bytes (little endian):
 *
 *     0  "SENTLOG" and a zero byte
 *     8  u32  version of the format
 *    12  u32  zero
 *    16  u64  sequence of the first record
 *    24  u32  zero
 *    28  u32  CRC-32C of the first 28 bytes
 */
export const SEGMENT_VERSION = 1;
export const SEGMENT_HEADER_BYTES = 32;
const MAGIC = Buffer.from('SENTLOG\0', 'latin1');
const NAME = /^segment-(\d{16})\.wal$/;

export interface Segment {
  readonly path: string;
  /** Sequence of its first record; below that of every later segment. */
  readonly first: number;
  /** Bytes that are known to be on disk, header included. Nobody reads beyond them. */
  bytes: number;
  /** Something in it could not be read: it is kept aside instead of removed. */
  damaged: boolean;
}

export type SegmentHeader =
  { readonly kind: 'ok' } | { readonly kind: 'damaged' } | { readonly kind: 'newer'; readonly version: number };

export function segmentName(first: number): string {
  return `segment-${String(first).padStart(16, '0')}.wal`;
}

/** Sequence of the first record by the file's name; `undefined` for any other file. */
export function firstSequenceOf(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function encodeSegmentHeader(first: number): Uint8Array {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  header.set(MAGIC, 0);
  header.writeUInt32LE(SEGMENT_VERSION, 8);
  header.writeBigUInt64LE(BigInt(first), 16);
  header.writeUInt32LE(crc32c(header.subarray(0, 28)), 28);
  return header;
}

export function readSegmentHeader(bytes: Uint8Array): SegmentHeader {
  if (bytes.length < SEGMENT_HEADER_BYTES || !MAGIC.equals(bytes.subarray(0, 8))) return { kind: 'damaged' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, SEGMENT_HEADER_BYTES);
  if (crc32c(bytes.subarray(0, 28)) !== view.getUint32(28, true)) return { kind: 'damaged' };
  const version = view.getUint32(8, true);
  return version > SEGMENT_VERSION ? { kind: 'newer', version } : { kind: 'ok' };
}
