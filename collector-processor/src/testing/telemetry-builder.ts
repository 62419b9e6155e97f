import { encodeMessage } from '../model/otlp/encode.ts';
import { type Plain } from '../model/otlp/plain-message.ts';

/**
 * Short forms of OTLP messages for tests: plain objects in OTLP/JSON naming, so that `JSON.stringify` gives OTLP/JSON
 * (ids as hex, 64-bit integers as text) and `encodeMessage` gives protobuf.
 */
export type AttributeValue = string | number | boolean | Plain<'AnyValue'>;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Whole numbers become `intValue`. */
export function anyValue(value: AttributeValue): Plain<'AnyValue'> {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'object') return value;
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

export function attributes(values: Attributes): Plain<'KeyValue'>[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

export interface Source {
  readonly resource?: Attributes;
  readonly scope?: string;
}

const shop: Attributes = { 'service.name': 'checkout', 'service.namespace': 'shop', 'service.version': '1.0.0' };

function origin({ resource = shop, scope = 'test' }: Source) {
  return { resource: { attributes: attributes(resource) }, scope: { name: scope } };
}

export function traceRequest(spans: readonly Plain<'Span'>[], source: Source = {}): Plain<'ExportTraceServiceRequest'> {
  const { resource, scope } = origin(source);
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] };
}

export function metricsRequest(
  metrics: readonly Plain<'Metric'>[],
  source: Source = {},
): Plain<'ExportMetricsServiceRequest'> {
  const { resource, scope } = origin(source);
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] };
}

export function logsRequest(
  logRecords: readonly Plain<'LogRecord'>[],
  source: Source = {},
): Plain<'ExportLogsServiceRequest'> {
  const { resource, scope } = origin(source);
  return { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] };
}

export function traceBytes(spans: readonly Plain<'Span'>[], source: Source = {}): Uint8Array {
  return encodeMessage('ExportTraceServiceRequest', traceRequest(spans, source));
}

export function metricsBytes(metrics: readonly Plain<'Metric'>[], source: Source = {}): Uint8Array {
  return encodeMessage('ExportMetricsServiceRequest', metricsRequest(metrics, source));
}

export function logsBytes(records: readonly Plain<'LogRecord'>[], source: Source = {}): Uint8Array {
  return encodeMessage('ExportLogsServiceRequest', logsRequest(records, source));
}
