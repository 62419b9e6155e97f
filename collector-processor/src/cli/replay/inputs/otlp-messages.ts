import { zstdDecompressSync } from 'node:zlib';
import type { Signal } from '../../../model/signal.ts';
import { messageOf } from '../../../runtime/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import type { ByteSource } from './byte-source.ts';
import { otlpJson, type Transcode } from './otlp-lines.ts';
import { signalOf } from './signal-of.ts';

/** How a file of protobuf says where a message ends. */
export type Framing = 'fixed32' | 'varint' | 'whole';

export interface MessageParts {
  readonly source: ByteSource;
  /** Undefined: it is told by each message. */
  readonly signal: Signal | undefined;
  readonly framing: Framing;
  readonly maxMessage: number;
  readonly transcode: Transcode;
}

const LENGTH_BYTES = 4;
const MAX_VARINT_BYTES = 5;
const BRACE = 123;
const zstdMagic = [0x28, 0xb5, 0x2f, 0xfd];
/** Field 1, a message: the first byte of every export request. */
export const FIRST_TAG = 0x0a;

/**
 * OTLP/protobuf: messages behind their lengths (four bytes, most significant first, as the Collector's file exporter writes
 * them, each compressed by itself if so configured; or a varint, as protobuf's delimited form), or one message that is the
 * whole file.
 */
export async function* otlpMessages(parts: MessageParts): AsyncGenerator<Telemetry> {
  const { source, framing } = parts;
  if (framing === 'whole') {
    yield* messageIn(parts, await source.rest());
    return;
  }
  while (!(await source.isAtEnd())) {
    const length = framing === 'fixed32' ? await fixed32(source) : await varint(source);
    yield* messageIn(parts, await source.take(length));
  }
}

/** By its first bytes. */
export async function framingOf(source: ByteSource): Promise<Framing> {
  const [first = 0] = await source.peek(1);
  if (first === FIRST_TAG) return 'whole';
  return first === 0 ? 'fixed32' : 'varint';
}

function* messageIn(parts: MessageParts, message: Uint8Array): Generator<Telemetry> {
  const bytes = inflated(parts, message);
  if (bytes.length === 0) return;
  if (bytes[0] === BRACE) {
    const telemetry = otlpJson(bytes, parts.source, parts.transcode);
    if (telemetry !== undefined) yield telemetry;
    return;
  }
  const signal = parts.signal ?? signalOf(bytes);
  if (signal === undefined) throw parts.source.fault('the message before it is no OTLP, or needs --signal');
  yield { signal, protobuf: bytes };
}

function inflated({ source, maxMessage }: MessageParts, message: Uint8Array): Uint8Array {
  if (!zstdMagic.every((byte, at) => message[at] === byte)) return message;
  try {
    return zstdDecompressSync(message, { maxOutputLength: maxMessage });
  } catch (error) {
    throw source.fault(`the message before it cannot be inflated: ${messageOf(error)}`);
  }
}

async function fixed32(source: ByteSource): Promise<number> {
  const bytes = await source.take(LENGTH_BYTES);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

async function varint(source: ByteSource): Promise<number> {
  let value = 0;
  for (let at = 0; at < MAX_VARINT_BYTES; at++) {
    const [byte = 0] = await source.take(1);
    value += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) return value;
  }
  throw source.fault('a length has more than five bytes');
}
