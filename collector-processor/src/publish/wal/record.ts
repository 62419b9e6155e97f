import { crc32c } from './crc32c.ts';

/**
 * One record on disk, little endian:
 *
 *     0  u32  mark "SREC"
 *     4  u32  length: bytes from offset 12 to the end
 *     8  u32  CRC-32C of the length and of all from offset 12
 *    12  u64  sequence
 *    20  u32  length of the description
 *    24  description: JSON, UTF-8
 *     …  body: bytes as received
 *
 * The mark lets a reader find the next record behind a damaged one.
 */
export interface LogRecord {
  readonly sequence: number;
  readonly description: unknown;
  readonly body: Uint8Array;
}

export const MARK = Buffer.from('SREC', 'latin1');
export const RECORD_PREFIX_BYTES = 12;
const HEAD_BYTES = 24;

export interface RecordContent {
  readonly description: unknown;
  readonly body: Uint8Array;
}

/** The record as the parts to write; the body is not copied. */
export function encodeRecord(sequence: number, { description, body }: RecordContent): Uint8Array[] {
  const text = Buffer.from(JSON.stringify(description), 'utf8');
  const head = Buffer.allocUnsafe(HEAD_BYTES + text.length);
  head.set(MARK, 0);
  head.writeUInt32LE(HEAD_BYTES - RECORD_PREFIX_BYTES + text.length + body.length, 4);
  head.writeBigUInt64LE(BigInt(sequence), RECORD_PREFIX_BYTES);
  head.writeUInt32LE(text.length, 20);
  head.set(text, HEAD_BYTES);
  const checked = crc32c(head.subarray(RECORD_PREFIX_BYTES), crc32c(head.subarray(4, 8)));
  head.writeUInt32LE(crc32c(body, checked), 8);
  return [head, body];
}

/** Bytes of the whole record by its first twelve; `undefined` when they are not the beginning of one. */
export function recordLength(prefix: Uint8Array): number | undefined {
  if (prefix.length < RECORD_PREFIX_BYTES || !MARK.equals(prefix.subarray(0, MARK.length))) return undefined;
  const length = viewOf(prefix).getUint32(4, true);
  return length < HEAD_BYTES - RECORD_PREFIX_BYTES ? undefined : RECORD_PREFIX_BYTES + length;
}

/** The record that the bytes are, whole; `undefined` when its checksum does not fit. The body is a view. */
export function decodeRecord(bytes: Uint8Array): LogRecord | undefined {
  const view = viewOf(bytes);
  const checked = crc32c(bytes.subarray(RECORD_PREFIX_BYTES), crc32c(bytes.subarray(4, 8)));
  if (checked !== view.getUint32(8, true)) return undefined;
  const bodyAt = HEAD_BYTES + view.getUint32(20, true);
  const description = parsed(Buffer.from(bytes.subarray(HEAD_BYTES, bodyAt)).toString('utf8'));
  if (description === undefined) return undefined;
  return { sequence: Number(view.getBigUint64(RECORD_PREFIX_BYTES, true)), description, body: bytes.subarray(bodyAt) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The checksum fits by chance: to the caller it is damage like any other.
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
