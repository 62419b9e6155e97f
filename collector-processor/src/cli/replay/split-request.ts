import { decodeMessage } from '../../model/otlp/decode-message.ts';
import { encodeMessage } from '../../model/otlp/encode.ts';
import type { Decoded, Plain } from '../../model/otlp/plain-message.ts';
import type { Telemetry } from './telemetry.ts';

type Long = bigint | undefined;
interface Timed {
  readonly timeUnixNano?: Long;
  readonly observedTimeUnixNano?: Long;
  readonly endTimeUnixNano?: Long;
}

/** Items of one part; a request of many that share a time is cut by number too. */
const MAX_ITEMS = 10_000;

/**
 * A request that spans more time than buckets are open at once, taken apart by bucket, oldest first: so a whole day in
 * one file is scored as if it had come minute by minute.
 */
export function splitRequest({ signal, protobuf }: Telemetry, bucketMs: number): Telemetry[] {
  if (signal === 'traces')
    return parts('ExportTraceServiceRequest', protobuf, splitTraces(bucketMs)).map(asSignal('traces'));
  if (signal === 'logs') return parts('ExportLogsServiceRequest', protobuf, splitLogs(bucketMs)).map(asSignal('logs'));
  return parts('ExportMetricsServiceRequest', protobuf, splitMetrics(bucketMs)).map(asSignal('metrics'));
}

const asSignal =
  (signal: Telemetry['signal']) =>
  (protobuf: Uint8Array): Telemetry => ({ signal, protobuf });

type RequestName = 'ExportTraceServiceRequest' | 'ExportMetricsServiceRequest' | 'ExportLogsServiceRequest';
/** What of a request is in a bucket, for each bucket. */
type Split<Name extends RequestName> = (message: Decoded<Name>) => ReadonlyMap<number, Plain<Name>[]>;

function parts<Name extends RequestName>(name: Name, protobuf: Uint8Array, split: Split<Name>): Uint8Array[] {
  const result = decodeMessage(name, protobuf);
  if (result.kind === 'malformed') return [protobuf];
  const byBucket = split(result.message);
  return [...byBucket.keys()]
    .sort((a, b) => a - b)
    .flatMap((bucket) => (byBucket.get(bucket) ?? []).map((part) => encodeMessage(name, part)));
}

function splitTraces(bucketMs: number): Split<'ExportTraceServiceRequest'> {
  return ({ resourceSpans = [] }) => {
    const split = new Map<number, Plain<'ExportTraceServiceRequest'>[]>();
    for (const { resource, scopeSpans = [] } of resourceSpans) {
      for (const { scope, spans = [] } of scopeSpans) {
        for (const [bucket, own] of chunked(spans, bucketMs)) {
          put(split, bucket, {
            resourceSpans: [{ ...of({ resource }), scopeSpans: [{ ...of({ scope }), spans: own }] }],
          });
        }
      }
    }
    return split;
  };
}

function splitLogs(bucketMs: number): Split<'ExportLogsServiceRequest'> {
  return ({ resourceLogs = [] }) => {
    const split = new Map<number, Plain<'ExportLogsServiceRequest'>[]>();
    for (const { resource, scopeLogs = [] } of resourceLogs) {
      for (const { scope, logRecords = [] } of scopeLogs) {
        for (const [bucket, own] of chunked(logRecords, bucketMs)) {
          put(split, bucket, {
            resourceLogs: [{ ...of({ resource }), scopeLogs: [{ ...of({ scope }), logRecords: own }] }],
          });
        }
      }
    }
    return split;
  };
}

const pointLists = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const;

function splitMetrics(bucketMs: number): Split<'ExportMetricsServiceRequest'> {
  return ({ resourceMetrics = [] }) => {
    const split = new Map<number, Plain<'ExportMetricsServiceRequest'>[]>();
    for (const { resource, scopeMetrics = [] } of resourceMetrics) {
      for (const { scope, metrics = [] } of scopeMetrics) {
        for (const metric of metrics) {
          for (const [bucket, own] of splitMetric(metric, bucketMs)) {
            put(split, bucket, {
              resourceMetrics: [{ ...of({ resource }), scopeMetrics: [{ ...of({ scope }), metrics: [own] }] }],
            });
          }
        }
      }
    }
    return split;
  };
}

function* splitMetric(metric: Decoded<'Metric'>, bucketMs: number): Generator<readonly [number, Plain<'Metric'>]> {
  const kind = pointLists.find((list) => metric[list] !== undefined);
  if (kind === undefined) return;
  const data = metric[kind];
  for (const [bucket, dataPoints] of chunked<Timed>(data?.dataPoints ?? [], bucketMs)) {
    yield [bucket, { ...metric, [kind]: { ...data, dataPoints } }];
  }
}

/** Only what is there. */
function of<Value extends object>(value: Value): { [Key in keyof Value]?: NonNullable<Value[Key]> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof Value]?: NonNullable<Value[Key]>;
  };
}

function put<Part>(split: Map<number, Part[]>, bucket: number, part: Part): void {
  const known = split.get(bucket);
  if (known === undefined) split.set(bucket, [part]);
  else known.push(part);
}

function* chunked<Item extends Timed>(items: readonly Item[], bucketMs: number): Generator<readonly [number, Item[]]> {
  for (const [bucket, own] of Map.groupBy(items, (item) => bucketOf(item, bucketMs))) {
    for (let at = 0; at < own.length; at += MAX_ITEMS) yield [bucket, own.slice(at, at + MAX_ITEMS)];
  }
}

function bucketOf({ endTimeUnixNano, timeUnixNano, observedTimeUnixNano }: Timed, bucketMs: number): number {
  const nanos = endTimeUnixNano || timeUnixNano || observedTimeUnixNano || 0n;
  return Math.floor(Number(nanos / 1_000_000n) / bucketMs);
}
