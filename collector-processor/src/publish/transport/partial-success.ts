import type { Encoding, PartialSuccess } from '../../model/export-request.ts';
import { decodeMessage } from '../../model/otlp/decode-message.ts';
import type { Signal } from '../../model/signal.ts';

const responseName = {
  traces: 'ExportTraceServiceResponse',
  metrics: 'ExportMetricsServiceResponse',
  logs: 'ExportLogsServiceResponse',
} as const;
/** No honest answer is longer; reading one of megabytes takes a third of a second in which nobody else is served. */
export const MAX_READ_BYTES = 64 * 1024;
const rejectedName = { traces: 'rejectedSpans', metrics: 'rejectedDataPoints', logs: 'rejectedLogRecords' } as const;

/**
 * Partial success in the answer of a backend that took the request. `undefined` for a full success, and for a body that
 * cannot be read or is absurdly long: the status has said what matters.
 */
export function readPartialSuccess(signal: Signal, encoding: Encoding, body: Uint8Array): PartialSuccess | undefined {
  if (body.length === 0 || body.length > MAX_READ_BYTES) return undefined;
  const partial = encoding === 'json' ? propertyOf(parseJson(body), 'partialSuccess') : fromProtobuf(signal, body);
  const rejectedItems = countOf(propertyOf(partial, rejectedName[signal]));
  const message = textOf(propertyOf(partial, 'errorMessage'));
  return rejectedItems === 0 && message === '' ? undefined : { rejectedItems, message };
}

function fromProtobuf(signal: Signal, body: Uint8Array): unknown {
  const result = decodeMessage(responseName[signal], body);
  return result.kind === 'message' ? result.message.partialSuccess : undefined;
}

/** 64-bit integers are bigint in protobuf and text, or a number, in JSON. */
function countOf(value: unknown): number {
  if (typeof value === 'bigint' || typeof value === 'number') return Math.max(0, Number(value));
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Parsed JSON, or `undefined` for text that is none. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    // The caller goes on without what the body might have said.
    return undefined;
  }
}

export function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
