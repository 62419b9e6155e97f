import {
  AggregationTemporality,
  type LogColumns,
  logAttributes,
  pointKinds,
  type PointColumns,
  type PointKind,
  type SpanAttribute,
  spanAttributes,
  type SpanColumns,
} from '../../model/columns.ts';
import type { Resource } from '../../model/resource.ts';
import { hashText } from '../state/hash64.ts';
import { TestSymbols } from './symbols.ts';

/** Short forms of spans, points and records, and the columns they make: what the decoder would give. */
export interface TestSpan {
  readonly name: string;
  readonly kind?: number;
  readonly endMs: number;
  readonly durationMs: number;
  readonly failed?: boolean;
  readonly weight?: number;
  /** Hash of who asks. */
  readonly visitor?: number;
  /** Hex; a number counted up when absent. */
  readonly traceId?: string;
  /** Hex. */
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly link?: { readonly traceId: string; readonly spanId: string };
  readonly attributes?: Partial<Record<SpanAttribute, string>>;
}

export interface TestPoint {
  readonly name: string;
  readonly kind: PointKind;
  readonly timeMs: number;
  readonly startMs?: number;
  readonly unit?: string;
  readonly value?: number;
  readonly delta?: boolean;
  readonly upDown?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly count?: number;
  readonly sum?: number;
  readonly buckets?: readonly number[];
  /** Bounds of a histogram, quantile-value pairs of a summary. */
  readonly bounds?: readonly number[];
  readonly scale?: number;
  readonly offset?: number;
  readonly zeros?: number;
}

export interface TestRecord {
  readonly timeMs: number;
  readonly body: string;
  readonly severity?: number;
  readonly traceId?: string;
}

const symbols = new TestSymbols();
const attributesOf = new WeakMap<object, readonly Readonly<Record<string, string>>[]>();

/** The reader of attributes that belongs to these columns. */
export function readTestAttributes(columns: object, row: number): Map<string, string> {
  return new Map(Object.entries(attributesOf.get(columns)?.[row] ?? {}));
}

function common(count: number, resource: Resource, payload = new Uint8Array(0)) {
  return {
    ...{ count, skipped: 0, payload, symbols, resources: [resource], resource: new Int32Array(count) },
    ...{ scopeName: new Int32Array(count), itemStart: new Int32Array(count), itemEnd: new Int32Array(count) },
    flags: new Uint32Array(count),
  };
}

let traces = 0;
function traceIds(items: readonly { readonly traceId?: string }[], made: boolean): Uint8Array {
  const hex = items
    .map(({ traceId }) => traceId ?? (made ? (++traces).toString(16) : ''))
    .map((id) => id.padStart(32, '0'));
  return Uint8Array.from(Buffer.from(hex.join(''), 'hex'));
}

/** Those that are not given are all the same. */
function spanIds(ids: readonly (string | undefined)[]): Uint8Array {
  return Uint8Array.from(Buffer.from(ids.map((id) => id?.padStart(16, '0') ?? '01'.repeat(8)).join(''), 'hex'));
}

export function spanColumns(resource: Resource, spans: readonly TestSpan[]): SpanColumns {
  const count = spans.length;
  const projected = spans.flatMap(({ attributes = {} }) =>
    spanAttributes.map((name) => symbols.intern(attributes[name] ?? '')),
  );
  const nano = (ms: number) => BigInt(Math.round(ms * 1e3)) * 1000n;
  return {
    signal: 'traces',
    ...common(count, resource),
    traceId: traceIds(spans, true),
    spanId: spanIds(spans.map(({ spanId }) => spanId)),
    parentSpanId: spanIds(spans.map(({ parentSpanId }) => parentSpanId)),
    name: Int32Array.from(spans, ({ name }) => symbols.intern(name)),
    kind: Uint8Array.from(spans, ({ kind = 2 }) => kind),
    statusCode: Uint8Array.from(spans, ({ failed = false }) => (failed ? 2 : 0)),
    startNano: BigUint64Array.from(spans, ({ endMs, durationMs }) => nano(endMs - durationMs)),
    endNano: BigUint64Array.from(spans, ({ endMs }) => nano(endMs)),
    endMs: Float64Array.from(spans, ({ endMs }) => endMs),
    durationNs: Float64Array.from(spans, ({ durationMs }) => durationMs * 1e6),
    weight: Float64Array.from(spans, ({ weight = 1 }) => weight),
    weightStated: new Uint8Array(count),
    linkStart: Int32Array.from(spans, (_, row) => row),
    linkCount: Int32Array.from(spans, ({ link }) => Number(link !== undefined)),
    linkTraceId: traceIds(
      spans.map(({ link }) => link ?? {}),
      false,
    ),
    linkSpanId: spanIds(spans.map(({ link }) => link?.spanId)),
    ...{ exceptionType: new Int32Array(count), exceptionCount: new Int32Array(count) },
    projected: Int32Array.from(projected),
    visitorHash: Uint32Array.from(spans, ({ visitor = 0 }) => visitor),
  };
}

export function pointColumns(resource: Resource, points: readonly TestPoint[]): PointColumns {
  const count = points.length;
  const hashes = points.map(({ attributes = {} }) => hashText(JSON.stringify(Object.entries(attributes).sort())));
  const starts = (lists: readonly (readonly number[])[]) => {
    let at = 0;
    return Int32Array.from(lists, (list) => (at += list.length) - list.length);
  };
  const buckets = points.map((point) => point.buckets ?? []);
  const bounds = points.map((point) => point.bounds ?? []);
  const nano = (ms = 0) => BigInt(Math.round(ms * 1e3)) * 1000n;
  const columns: PointColumns = {
    signal: 'metrics',
    ...common(count, resource),
    metricName: Int32Array.from(points, ({ name }) => symbols.intern(name)),
    metricUnit: Int32Array.from(points, ({ unit = '' }) => symbols.intern(unit)),
    kind: Uint8Array.from(points, ({ kind }) => pointKinds.indexOf(kind)),
    temporality: Uint8Array.from(points, ({ delta = false }) =>
      delta ? AggregationTemporality.delta : AggregationTemporality.cumulative,
    ),
    monotonic: Uint8Array.from(points, ({ upDown = false }) => (upDown ? 0 : 1)),
    startNano: BigUint64Array.from(points, ({ startMs }) => nano(startMs)),
    timeNano: BigUint64Array.from(points, ({ timeMs }) => nano(timeMs)),
    timeMs: Float64Array.from(points, ({ timeMs }) => timeMs),
    attributesLow: Uint32Array.from(hashes, ({ low }) => low),
    attributesHigh: Uint32Array.from(hashes, ({ high }) => high),
    value: Float64Array.from(points, ({ value = NaN }) => value),
    sampleCount: Float64Array.from(points, (point) => point.count ?? NaN),
    sampleSum: Float64Array.from(points, ({ sum = NaN }) => sum),
    min: new Float64Array(count).fill(NaN),
    max: new Float64Array(count).fill(NaN),
    bucketStart: starts(buckets),
    bucketCount: Int32Array.from(buckets, ({ length }) => length),
    boundStart: starts(bounds),
    boundCount: Int32Array.from(bounds, ({ length }) => length),
    bucketValue: Float64Array.from(buckets.flat()),
    boundValue: Float64Array.from(bounds.flat()),
    scale: Int32Array.from(points, ({ scale = 0 }) => scale),
    zeroCount: Float64Array.from(points, ({ zeros = 0 }) => zeros),
    zeroThreshold: new Float64Array(count),
    positiveOffset: Int32Array.from(points, ({ offset = 0 }) => offset),
    ...{ negativeOffset: new Int32Array(count), negativeStart: new Int32Array(count) },
    ...{ negativeCount: new Int32Array(count), exemplarStart: new Int32Array(count) },
    ...{ exemplarCount: new Int32Array(count), exemplarTraceId: new Uint8Array(0) },
  };
  attributesOf.set(
    columns,
    points.map(({ attributes = {} }) => attributes),
  );
  return columns;
}

export function logColumns(resource: Resource, records: readonly TestRecord[]): LogColumns {
  const count = records.length;
  const bodies = records.map(({ body }) => Buffer.from(body));
  let at = 0;
  const bodyStart = Int32Array.from(bodies, (body) => (at += body.length) - body.length);
  return {
    signal: 'logs',
    ...common(count, resource, Uint8Array.from(Buffer.concat(bodies))),
    timeNano: new BigUint64Array(count),
    observedNano: new BigUint64Array(count),
    timeMs: Float64Array.from(records, ({ timeMs }) => timeMs),
    severityNumber: Uint8Array.from(records, ({ severity = 9 }) => severity),
    severityText: new Int32Array(count),
    eventName: new Int32Array(count),
    traceId: traceIds(records, false),
    spanId: new Uint8Array(count * 8),
    bodyStart,
    bodyEnd: Int32Array.from(bodies, (body, i) => (bodyStart[i] ?? 0) + body.length),
    bodyIsText: new Uint8Array(count).fill(1),
    projected: new Int32Array(count * logAttributes.length),
    sessionHash: new Uint32Array(count),
  };
}
