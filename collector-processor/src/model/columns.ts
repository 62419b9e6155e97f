/**
 * What the scanner reads from one export request: columns of numbers, one row an item, no object per item.
 *
 * Times and ids keep all their bits: `…Nano` columns hold unsigned 64-bit nanoseconds, `…Ms` columns the same instant as
 * a double in milliseconds for arithmetic. Ids are rows of 16 or 8 bytes. Names are `Symbols` numbers. Attributes that
 * scoring reads on every item are projected to columns (see `ProjectedAttributes`); all others are read on demand from the
 * item's own bytes `payload[itemStart[i], itemEnd[i])`, for example when a series is seen for the first time.
 *
 * Columns are views into buffers that the decoder reuses: they are valid until the next batch is decoded. Every array may
 * be longer than `count`; rows at and beyond `count` mean nothing.
 */
import type { Resource } from './resource.ts';
import type { Symbols } from './symbols.ts';

interface ItemColumns {
  readonly count: number;
  /** Items of the request beyond the limit of rows: forwarded, not scored, counted. */
  readonly skipped: number;
  /** Protobuf bytes that offsets refer to (for OTLP/JSON, the transcoded message). */
  readonly payload: Uint8Array;
  readonly symbols: Symbols;
  readonly resources: readonly Resource[];
  /** Row of `resources`. */
  readonly resource: Int32Array;
  readonly scopeName: Int32Array;
  readonly itemStart: Int32Array;
  readonly itemEnd: Int32Array;
}

/** Values of the `kind` column of spans. */
export const SpanKind = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
/** Value of `statusCode` of a span that failed. */
export const FAILED = 2;

export interface SpanColumns extends ItemColumns {
  readonly signal: 'traces';
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  /** All zero for a root span. */
  readonly parentSpanId: Uint8Array;
  readonly name: Int32Array;
  readonly kind: Uint8Array;
  readonly statusCode: Uint8Array;
  readonly flags: Uint32Array;
  readonly startNano: BigUint64Array;
  readonly endNano: BigUint64Array;
  readonly endMs: Float64Array;
  /** NaN without a start, or when the end lies before it. */
  readonly durationNs: Float64Array;
  /** How many spans this one stands for: 1 / (1 - threshold / 2^56) from tracestate `ot=th:`, or a sampling attribute; 1 if unsampled. */
  readonly weight: Float64Array;
  /** 1 when the weight was stated (by threshold or attribute), 0 when it is only assumed to be 1. */
  readonly weightStated: Uint8Array;
  /** Number of links; linked trace ids stand in `links` from row `linkStart[i]`. */
  readonly linkStart: Int32Array;
  readonly linkCount: Int32Array;
  readonly linkTraceId: Uint8Array;
  readonly linkSpanId: Uint8Array;
  /** `exception.type` of the first event named "exception" (ABSENT if none) and the number of such events. */
  readonly exceptionType: Int32Array;
  readonly exceptionCount: Int32Array;
  /** Row i, attribute a: `projected[i * spanAttributes.length + a]`, a symbol; see `spanAttributes`. */
  readonly projected: Int32Array;
  /** Hash of who asks: `user.id` or `enduser.id`, else `session.id`; 0 without any. No symbol, because visitors have no bound. */
  readonly visitorHash: Uint32Array;
}

export type PointKind = (typeof pointKinds)[number];
/** Order = value of the `kind` column. */
export const pointKinds = ['gauge', 'sum', 'histogram', 'exponential_histogram', 'summary'] as const;
export const AggregationTemporality = { unspecified: 0, delta: 1, cumulative: 2 } as const;

export interface PointColumns extends ItemColumns {
  readonly signal: 'metrics';
  readonly metricName: Int32Array;
  readonly metricUnit: Int32Array;
  readonly kind: Uint8Array;
  readonly temporality: Uint8Array;
  readonly monotonic: Uint8Array;
  readonly flags: Uint32Array;
  readonly startNano: BigUint64Array;
  readonly timeNano: BigUint64Array;
  readonly timeMs: Float64Array;
  /** 64-bit hash of the point's attributes, independent of their order, as two unsigned halves. */
  readonly attributesLow: Uint32Array;
  readonly attributesHigh: Uint32Array;
  /** Gauge and sum: the value (integers as doubles). Others: NaN. */
  readonly value: Float64Array;
  /** Histograms and summary; otherwise NaN. `sampleSum` of a histogram, `min` and `max` are NaN when absent. */
  readonly sampleCount: Float64Array;
  readonly sampleSum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Histogram: `bucketCount` counts from `bucketStart` in `bucketValue`, and bucketCount - 1 bounds from `boundStart` in `boundValue`. */
  readonly bucketStart: Int32Array;
  readonly bucketCount: Int32Array;
  readonly boundStart: Int32Array;
  readonly boundCount: Int32Array;
  readonly bucketValue: Float64Array;
  /** Bounds of histograms; for summaries, pairs of quantile and value (`boundCount` counts numbers, not pairs). */
  readonly boundValue: Float64Array;
  /** Exponential histogram: positive buckets as above (`bucketStart/Count`), negative ones here. */
  readonly scale: Int32Array;
  readonly zeroCount: Float64Array;
  readonly zeroThreshold: Float64Array;
  readonly positiveOffset: Int32Array;
  readonly negativeOffset: Int32Array;
  readonly negativeStart: Int32Array;
  readonly negativeCount: Int32Array;
  /** Trace ids of exemplars: rows of 16 bytes. */
  readonly exemplarStart: Int32Array;
  readonly exemplarCount: Int32Array;
  readonly exemplarTraceId: Uint8Array;
}

export interface LogColumns extends ItemColumns {
  readonly signal: 'logs';
  readonly timeNano: BigUint64Array;
  readonly observedNano: BigUint64Array;
  /** Time, or observed time where the record has none. */
  readonly timeMs: Float64Array;
  readonly severityNumber: Uint8Array;
  readonly severityText: Int32Array;
  readonly eventName: Int32Array;
  readonly flags: Uint32Array;
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  /** A text body (or none: an empty range) is `payload[bodyStart, bodyEnd)` and bodyIsText is 1; another body is the bytes of its AnyValue message. */
  readonly bodyStart: Int32Array;
  readonly bodyEnd: Int32Array;
  readonly bodyIsText: Uint8Array;
  /** Row i, attribute a: `projected[i * logAttributes.length + a]`; see `logAttributes`. */
  readonly projected: Int32Array;
  /** Hash of `session.id`, 0 without one. No symbol, because sessions have no bound. */
  readonly sessionHash: Uint32Array;
}

export type TelemetryColumns = SpanColumns | PointColumns | LogColumns;

/** Span attributes read on every span; the columns of `SpanColumns.projected`. Numbers as decimal text, lists and maps not at all. */
export const spanAttributes = [
  'http.route',
  'http.request.method',
  'http.response.status_code',
  'rpc.service',
  'rpc.method',
  'db.system.name',
  'db.system',
  'db.namespace',
  'messaging.system',
  'messaging.destination.name',
  'peer.service',
  'server.address',
  'error.type',
] as const;
export type SpanAttribute = (typeof spanAttributes)[number];

export const logAttributes = ['exception.type', 'event.name'] as const;

/** What decoding one request gives. `malformed` names the place; nothing of the request is then scored. */
export type DecodeResult =
  | { readonly kind: 'columns'; readonly columns: TelemetryColumns }
  | { readonly kind: 'malformed'; readonly reason: string; readonly offset: number };

/** Attributes of one item, read on demand from its bytes. Values as text. */
export type ReadItemAttributes = (columns: TelemetryColumns, row: number) => Map<string, string>;
