import { gzipSync } from 'node:zlib';
import { decodeMessage } from '../../src/model/otlp/decode-message.ts';
import { spanBytes } from '../../test/hostile/bodies.ts';

export interface LargeRequest {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly items: number;
}

const PER_SPAN = 103;
const PER_JSON_SPAN = 262;

/** Some bodies of about that many bytes once inflated, of spans that ended just now. */
export function spans(bytes: number, bodies: number): LargeRequest[] {
  return made(Math.round(bytes / PER_SPAN), bodies, (body) => body, { 'content-type': 'application/x-protobuf' });
}

export function gzippedSpans(bytes: number, bodies: number): LargeRequest[] {
  const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' };
  return made(Math.round(bytes / PER_SPAN), bodies, (body) => gzipSync(body, { level: 1 }), headers);
}

export function jsonSpans(bytes: number, bodies: number): LargeRequest[] {
  return made(Math.round(bytes / PER_JSON_SPAN), bodies, asJson, { 'content-type': 'application/json' });
}

function made(
  items: number,
  bodies: number,
  pack: (body: Uint8Array) => Uint8Array,
  headers: LargeRequest['headers'],
): LargeRequest[] {
  return Array.from({ length: bodies }, (_, seed) => {
    const body = spanBytes({ service: 'large', count: items, seed, name: (span) => `GET /${span % 50}` });
    return { body: pack(body), headers, items };
  });
}

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);

function asJson(body: Uint8Array): Uint8Array {
  const result = decodeMessage('ExportTraceServiceRequest', body);
  const message = result.kind === 'message' ? result.message : {};
  return Buffer.from(
    JSON.stringify(message, (key, value: unknown) => {
      if (typeof value === 'bigint') return String(value);
      if (IDS.has(key) && value instanceof Uint8Array) return Buffer.from(value).toString('hex');
      return value;
    }),
  );
}
