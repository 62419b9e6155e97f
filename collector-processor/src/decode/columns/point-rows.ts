import { type PointColumns } from '../../model/columns.ts';
import { type Resource } from '../../model/resource.ts';
import { type Symbols } from '../../model/symbols.ts';
import { IdList } from './id-list.ts';
import { ItemRows, type RowLimits } from './item-rows.ts';
import { NanoColumn } from './nano-column.ts';
import { NumberList } from './number-list.ts';
import { resized } from './resized.ts';

export class PointRows extends ItemRows implements PointColumns {
  readonly signal = 'metrics';
  readonly starts = new NanoColumn();
  readonly times = new NanoColumn();
  readonly buckets: NumberList;
  readonly bounds: NumberList;
  readonly exemplars: IdList;
  metricName = new Int32Array(0);
  metricUnit = new Int32Array(0);
  kind = new Uint8Array(0);
  temporality = new Uint8Array(0);
  monotonic = new Uint8Array(0);
  flags = new Uint32Array(0);
  timeMs = new Float64Array(0);
  attributesLow = new Uint32Array(0);
  attributesHigh = new Uint32Array(0);
  value = new Float64Array(0);
  sampleCount = new Float64Array(0);
  sampleSum = new Float64Array(0);
  min = new Float64Array(0);
  max = new Float64Array(0);
  bucketStart = new Int32Array(0);
  bucketCount = new Int32Array(0);
  boundStart = new Int32Array(0);
  boundCount = new Int32Array(0);
  scale = new Int32Array(0);
  zeroCount = new Float64Array(0);
  zeroThreshold = new Float64Array(0);
  positiveOffset = new Int32Array(0);
  negativeOffset = new Int32Array(0);
  negativeStart = new Int32Array(0);
  negativeCount = new Int32Array(0);
  exemplarStart = new Int32Array(0);
  exemplarCount = new Int32Array(0);

  constructor(symbols: Symbols, limits: RowLimits) {
    super(symbols, limits);
    this.buckets = new NumberList(limits.maxDetails);
    this.bounds = new NumberList(limits.maxDetails);
    this.exemplars = new IdList(16, limits.maxDetails);
  }

  get startNano(): BigUint64Array {
    return this.starts.values;
  }

  get timeNano(): BigUint64Array {
    return this.times.values;
  }

  get bucketValue(): Float64Array {
    return this.buckets.values;
  }

  get boundValue(): Float64Array {
    return this.bounds.values;
  }

  get exemplarTraceId(): Uint8Array {
    return this.exemplars.bytes;
  }

  override begin(payload: Uint8Array, resources: readonly Resource[]): void {
    super.begin(payload, resources);
    this.buckets.begin();
    this.bounds.begin();
    this.exemplars.begin();
  }

  protected override resize(rows: number): void {
    super.resize(rows);
    this.starts.resize(rows);
    this.times.resize(rows);
    this.metricName = resized(this.metricName, rows);
    this.metricUnit = resized(this.metricUnit, rows);
    this.kind = resized(this.kind, rows);
    this.temporality = resized(this.temporality, rows);
    this.monotonic = resized(this.monotonic, rows);
    this.flags = resized(this.flags, rows);
    this.timeMs = resized(this.timeMs, rows);
    this.attributesLow = resized(this.attributesLow, rows);
    this.attributesHigh = resized(this.attributesHigh, rows);
    this.value = resized(this.value, rows);
    this.sampleCount = resized(this.sampleCount, rows);
    this.sampleSum = resized(this.sampleSum, rows);
    this.min = resized(this.min, rows);
    this.max = resized(this.max, rows);
    this.bucketStart = resized(this.bucketStart, rows);
    this.bucketCount = resized(this.bucketCount, rows);
    this.boundStart = resized(this.boundStart, rows);
    this.boundCount = resized(this.boundCount, rows);
    this.scale = resized(this.scale, rows);
    this.zeroCount = resized(this.zeroCount, rows);
    this.zeroThreshold = resized(this.zeroThreshold, rows);
    this.positiveOffset = resized(this.positiveOffset, rows);
    this.negativeOffset = resized(this.negativeOffset, rows);
    this.negativeStart = resized(this.negativeStart, rows);
    this.negativeCount = resized(this.negativeCount, rows);
    this.exemplarStart = resized(this.exemplarStart, rows);
    this.exemplarCount = resized(this.exemplarCount, rows);
  }
}
