import { logAttributes, spanAttributes } from '../../model/columns.ts';
import { type PointRows } from '../columns/point-rows.ts';
import { type SpanRows } from '../columns/span-rows.ts';

export type Column = Uint8Array | Int32Array | Uint32Array | Float64Array | BigUint64Array;

export interface ColumnType {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): Column;
}

/** Type of a column, and how many numbers of it a batch has filled. */
export interface ColumnSpec<Rows, Type extends ColumnType = ColumnType> {
  readonly type: Type;
  readonly length: (rows: Rows) => number;
}

interface Counted {
  readonly count: number;
}

function each<Type extends ColumnType>(type: Type, width = 1): ColumnSpec<Counted, Type> {
  return { type, length: ({ count }) => count * width };
}

const ofItem = {
  resource: each(Int32Array),
  scopeName: each(Int32Array),
  itemStart: each(Int32Array),
  itemEnd: each(Int32Array),
};

/** The columns of each signal as they travel between threads, in this order. */
export const spanTable = {
  ...ofItem,
  traceId: each(Uint8Array, 16),
  spanId: each(Uint8Array, 8),
  parentSpanId: each(Uint8Array, 8),
  name: each(Int32Array),
  kind: each(Uint8Array),
  statusCode: each(Uint8Array),
  flags: each(Uint32Array),
  startNano: each(BigUint64Array),
  endNano: each(BigUint64Array),
  endMs: each(Float64Array),
  durationNs: each(Float64Array),
  weight: each(Float64Array),
  weightStated: each(Uint8Array),
  linkStart: each(Int32Array),
  linkCount: each(Int32Array),
  linkTraceId: { type: Uint8Array, length: (rows: SpanRows) => rows.linkTraceIds.count * 16 },
  linkSpanId: { type: Uint8Array, length: (rows: SpanRows) => rows.linkSpanIds.count * 8 },
  exceptionType: each(Int32Array),
  exceptionCount: each(Int32Array),
  projected: each(Int32Array, spanAttributes.length),
  visitorHash: each(Uint32Array),
};

export const pointTable = {
  ...ofItem,
  metricName: each(Int32Array),
  metricUnit: each(Int32Array),
  kind: each(Uint8Array),
  temporality: each(Uint8Array),
  monotonic: each(Uint8Array),
  flags: each(Uint32Array),
  startNano: each(BigUint64Array),
  timeNano: each(BigUint64Array),
  timeMs: each(Float64Array),
  attributesLow: each(Uint32Array),
  attributesHigh: each(Uint32Array),
  value: each(Float64Array),
  sampleCount: each(Float64Array),
  sampleSum: each(Float64Array),
  min: each(Float64Array),
  max: each(Float64Array),
  bucketStart: each(Int32Array),
  bucketCount: each(Int32Array),
  boundStart: each(Int32Array),
  boundCount: each(Int32Array),
  bucketValue: { type: Float64Array, length: (rows: PointRows) => rows.buckets.length },
  boundValue: { type: Float64Array, length: (rows: PointRows) => rows.bounds.length },
  scale: each(Int32Array),
  zeroCount: each(Float64Array),
  zeroThreshold: each(Float64Array),
  positiveOffset: each(Int32Array),
  negativeOffset: each(Int32Array),
  negativeStart: each(Int32Array),
  negativeCount: each(Int32Array),
  exemplarStart: each(Int32Array),
  exemplarCount: each(Int32Array),
  exemplarTraceId: { type: Uint8Array, length: (rows: PointRows) => rows.exemplars.count * 16 },
};

export const logTable = {
  ...ofItem,
  timeNano: each(BigUint64Array),
  observedNano: each(BigUint64Array),
  timeMs: each(Float64Array),
  severityNumber: each(Uint8Array),
  severityText: each(Int32Array),
  eventName: each(Int32Array),
  flags: each(Uint32Array),
  traceId: each(Uint8Array, 16),
  spanId: each(Uint8Array, 8),
  bodyStart: each(Int32Array),
  bodyEnd: each(Int32Array),
  bodyIsText: each(Uint8Array),
  projected: each(Int32Array, logAttributes.length),
  sessionHash: each(Uint32Array),
};
