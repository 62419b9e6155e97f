import type { Compression, Encoding } from '../../model/export-request.ts';
import { type Signal, signals } from '../../model/signal.ts';
import type { LogRecord, RecordContent } from './record.ts';

/** One received request as the log keeps it. */
export interface KeptRequest {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly compression: Compression;
  /** The bytes as received. */
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly tenant: string;
  readonly receivedAtMs: number;
  /** Backends that do not have it. */
  readonly owed: readonly string[];
}

export function toRecord(request: Omit<KeptRequest, 'owed'>, owed: readonly string[]): RecordContent {
  const { signal, encoding, compression, headers, tenant, receivedAtMs, body } = request;
  return { description: { signal, encoding, compression, headers, tenant, receivedAtMs, owed }, body };
}

/** `undefined` when the record is no request: of another release, or not from this log. */
export function fromRecord({ description, body }: Pick<LogRecord, 'description' | 'body'>): KeptRequest | undefined {
  if (!isRecord(description)) return undefined;
  const { signal, encoding, compression, headers, tenant, receivedAtMs } = description;
  const known = signals.find((name) => name === signal);
  if (known === undefined || !isEncoding(encoding) || !isCompression(compression)) return undefined;
  if (typeof tenant !== 'string' || typeof receivedAtMs !== 'number' || !isTexts(headers)) return undefined;
  return { signal: known, encoding, compression, body, headers, tenant, receivedAtMs, owed: owedOf({ description }) };
}

export function owedOf({ description }: Pick<LogRecord, 'description'>): readonly string[] {
  const owed = isRecord(description) ? description['owed'] : undefined;
  return Array.isArray(owed) ? owed.filter((name): name is string => typeof name === 'string') : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isEncoding(value: unknown): value is Encoding {
  return value === 'protobuf' || value === 'json';
}

function isCompression(value: unknown): value is Compression {
  return value === 'identity' || value === 'gzip' || value === 'zstd';
}
