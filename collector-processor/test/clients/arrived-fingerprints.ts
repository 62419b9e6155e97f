import { decodeMessage, type MessageResult } from '../../src/model/otlp/decode-message.ts';
import { type Decoded } from '../../src/model/otlp/plain-message.ts';
import { type MessageName } from '../../src/model/otlp/schema.ts';
import { type Signal } from '../../src/model/signal.ts';
import { type Fingerprint } from './content.ts';
import { fingerprint, sorted } from './known-fingerprints.ts';
import { type KnownAttributes } from './known-items.ts';

interface FromResource {
  readonly resource?: Decoded<'Resource'>;
  readonly fingerprints: readonly Fingerprint[];
}

/** Fingerprints of what arrived, by `service.name`. Throws when the bytes cannot be read. */
export function arrivedFingerprints(signal: Signal, payload: Uint8Array): Map<string, Fingerprint[]> {
  const found = new Map<string, Fingerprint[]>();
  for (const { resource, fingerprints } of readers[signal](payload)) {
    const service = String(attributesOf(resource?.attributes)['service.name'] ?? '');
    found.set(service, [...(found.get(service) ?? []), ...fingerprints]);
  }
  return found;
}

const readers: Readonly<Record<Signal, (payload: Uint8Array) => FromResource[]>> = {
  traces(payload) {
    const { resourceSpans = [] } = read(decodeMessage('ExportTraceServiceRequest', payload));
    return resourceSpans.map(({ scopeSpans = [], ...rest }) => ({
      ...rest,
      fingerprints: scopeSpans.flatMap(({ spans = [] }) => spans).map(spanFingerprint),
    }));
  },
  metrics(payload) {
    const { resourceMetrics = [] } = read(decodeMessage('ExportMetricsServiceRequest', payload));
    return resourceMetrics.map(({ scopeMetrics = [], ...rest }) => ({
      ...rest,
      fingerprints: scopeMetrics.flatMap(({ metrics = [] }) => metrics).flatMap(metricFingerprints),
    }));
  },
  logs(payload) {
    const { resourceLogs = [] } = read(decodeMessage('ExportLogsServiceRequest', payload));
    return resourceLogs.map(({ scopeLogs = [], ...rest }) => ({
      ...rest,
      fingerprints: scopeLogs.flatMap(({ logRecords = [] }) => logRecords).map(logFingerprint),
    }));
  },
};

function read<Name extends MessageName>(result: MessageResult<Name>): Decoded<Name> {
  if (result.kind === 'malformed') throw new TypeError(`${result.reason} at byte ${result.offset}`);
  return result.message;
}

function spanFingerprint(span: Decoded<'Span'>): Fingerprint {
  const [event] = span.events ?? [];
  return fingerprint('span', {
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    name: span.name,
    kind: span.kind,
    startNano: span.startTimeUnixNano,
    endNano: span.endTimeUnixNano,
    isError: span.status?.code === 2,
    event: [event?.name, event?.timeUnixNano],
    attributes: sorted(attributesOf(span.attributes)),
  });
}

function logFingerprint(log: Decoded<'LogRecord'>): Fingerprint {
  return fingerprint('log', {
    timeNano: log.timeUnixNano,
    isError: `${log.severityNumber ?? 0} ${log.severityText ?? ''}` === '17 ERROR',
    body: log.body?.stringValue,
    attributes: sorted(attributesOf(log.attributes)),
  });
}

/** Times are left out: a client's SDK sets them. */
function metricFingerprints({ name, gauge, sum, histogram, ...rest }: Decoded<'Metric'>): Fingerprint[] {
  const numbers = (kind: string, points: readonly Decoded<'NumberDataPoint'>[] = []) =>
    points.map(({ asDouble, asInt, attributes }) =>
      fingerprint(kind, { name, value: asDouble ?? Number(asInt), attributes: sorted(attributesOf(attributes)) }),
    );
  const histograms = (histogram?.dataPoints ?? []).map((point) =>
    fingerprint('histogram', {
      name,
      count: Number(point.count),
      sum: point.sum,
      min: point.min,
      max: point.max,
      bounds: point.explicitBounds,
      buckets: point.bucketCounts?.map(Number),
      attributes: sorted(attributesOf(point.attributes)),
    }),
  );
  const others = [rest.exponentialHistogram, rest.summary].flatMap((data) => data?.dataPoints ?? []);
  return [
    ...numbers('gauge', gauge?.dataPoints),
    ...numbers('sum', sum?.dataPoints),
    ...histograms,
    ...others.map((point) => fingerprint('other', { name, attributes: sorted(attributesOf(point.attributes)) })),
  ];
}

function attributesOf(pairs: readonly Decoded<'KeyValue'>[] = []): KnownAttributes {
  return Object.fromEntries(
    pairs.map(({ key = '', value }) => [
      key,
      value?.stringValue ?? value?.boolValue ?? value?.doubleValue ?? Number(value?.intValue ?? NaN),
    ]),
  );
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
