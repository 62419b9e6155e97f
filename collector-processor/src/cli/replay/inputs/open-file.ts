import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { type Signal, signals } from '../../../model/signal.ts';
import { messageOf, SentinelError } from '../../../runtime/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import { ByteSource } from './byte-source.ts';
import { csvRequests } from './csv.ts';
import { otlpLines, type Transcode } from './otlp-lines.ts';
import { FIRST_TAG, type Framing, framingOf, otlpMessages } from './otlp-messages.ts';

export const formats = ['json', 'protobuf', 'csv'] as const;
export type Format = (typeof formats)[number];

export interface FileOptions {
  /** `-` reads from `stdin`. */
  readonly path: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Undefined: by the name and the first bytes. */
  readonly format: Format | undefined;
  /** Of protobuf; undefined: by the name, or by what is in it. */
  readonly signal: Signal | undefined;
  readonly metric: string | undefined;
  readonly service: string | undefined;
  readonly maxMessage: number;
  /** Bytes read at once. */
  readonly chunkBytes: number;
  readonly transcode: Transcode;
}

const compressed = /\.(?:gz|zst|zstd)$/i;
const endings: Readonly<Record<string, Format>> = { csv: 'csv', json: 'json', jsonl: 'json', ndjson: 'json' };

/** The requests of one file; it is read as they are asked for. */
export async function* fileRequests(options: FileOptions): AsyncGenerator<Telemetry> {
  const { path, maxMessage, transcode } = options;
  const source = new ByteSource(chunksOf(options), { limit: maxMessage, name: path });
  const stem = basename(path).replace(compressed, '');
  const format = options.format ?? endings[stem.split('.').at(-1)?.toLowerCase() ?? ''] ?? (await sniff(source));
  if (format === 'json') yield* otlpLines(source, transcode);
  else if (format === 'csv') {
    const { metric = stem.replace(/\.csv$/i, '') || 'value', service = 'csv' } = options;
    yield* csvRequests(source, { metric, service });
  } else {
    const signal = options.signal ?? signals.find((name) => stem.toLowerCase().includes(name));
    const framing: Framing = await framingOf(source);
    yield* otlpMessages({ source, signal, framing, maxMessage, transcode });
  }
}

const BRACE = 123;
const HEADER_BYTES = 4;

async function sniff(source: ByteSource): Promise<Format> {
  const head = await source.peek(HEADER_BYTES);
  if (head[0] === BRACE) return 'json';
  if (head[0] === FIRST_TAG || head.some((byte) => byte < 9)) return 'protobuf';
  return 'csv';
}

async function* chunksOf({ path, stdin, chunkBytes }: FileOptions): AsyncGenerator<Uint8Array> {
  try {
    if (path === '-') yield* stdin;
    else yield* inflated(createReadStream(path, { highWaterMark: chunkBytes }), path);
  } catch (error) {
    throw new SentinelError('SENTINEL_REPLAY_FAILED', `${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

function inflated(file: Readable, path: string): AsyncIterable<Uint8Array> {
  if (!compressed.test(path)) return file as AsyncIterable<Uint8Array>;
  const inflate = /\.gz$/i.test(path) ? createGunzip() : createZstdDecompress();
  file.on('error', (error) => inflate.destroy(error));
  return file.pipe(inflate) as AsyncIterable<Uint8Array>;
}
