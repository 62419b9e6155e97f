import { spanAttributes, type SpanColumns } from '../../model/columns.ts';
import { type Resource } from '../../model/resource.ts';
import { type Symbols } from '../../model/symbols.ts';
import { IdColumn } from './id-column.ts';
import { IdList } from './id-list.ts';
import { ItemRows, type RowLimits } from './item-rows.ts';
import { NanoColumn } from './nano-column.ts';
import { resized } from './resized.ts';

export class SpanRows extends ItemRows implements SpanColumns {
  readonly signal = 'traces';
  readonly traceIds = new IdColumn(16);
  readonly spanIds = new IdColumn(8);
  readonly parentSpanIds = new IdColumn(8);
  readonly starts = new NanoColumn();
  readonly ends = new NanoColumn();
  readonly linkTraceIds: IdList;
  readonly linkSpanIds: IdList;
  name = new Int32Array(0);
  kind = new Uint8Array(0);
  statusCode = new Uint8Array(0);
  flags = new Uint32Array(0);
  endMs = new Float64Array(0);
  durationNs = new Float64Array(0);
  weight = new Float64Array(0);
  weightStated = new Uint8Array(0);
  linkStart = new Int32Array(0);
  linkCount = new Int32Array(0);
  exceptionType = new Int32Array(0);
  exceptionCount = new Int32Array(0);
  projected = new Int32Array(0);
  visitorHash = new Uint32Array(0);

  constructor(symbols: Symbols, limits: RowLimits) {
    super(symbols, limits);
    this.linkTraceIds = new IdList(16, limits.maxDetails);
    this.linkSpanIds = new IdList(8, limits.maxDetails);
  }

  get traceId(): Uint8Array {
    return this.traceIds.bytes;
  }

  get spanId(): Uint8Array {
    return this.spanIds.bytes;
  }

  get parentSpanId(): Uint8Array {
    return this.parentSpanIds.bytes;
  }

  get startNano(): BigUint64Array {
    return this.starts.values;
  }

  get endNano(): BigUint64Array {
    return this.ends.values;
  }

  get linkTraceId(): Uint8Array {
    return this.linkTraceIds.bytes;
  }

  get linkSpanId(): Uint8Array {
    return this.linkSpanIds.bytes;
  }

  override begin(payload: Uint8Array, resources: readonly Resource[]): void {
    super.begin(payload, resources);
    this.linkTraceIds.begin();
    this.linkSpanIds.begin();
  }

  protected override resize(rows: number): void {
    super.resize(rows);
    for (const column of [this.traceIds, this.spanIds, this.parentSpanIds, this.starts, this.ends]) column.resize(rows);
    this.name = resized(this.name, rows);
    this.kind = resized(this.kind, rows);
    this.statusCode = resized(this.statusCode, rows);
    this.flags = resized(this.flags, rows);
    this.endMs = resized(this.endMs, rows);
    this.durationNs = resized(this.durationNs, rows);
    this.weight = resized(this.weight, rows);
    this.weightStated = resized(this.weightStated, rows);
    this.linkStart = resized(this.linkStart, rows);
    this.linkCount = resized(this.linkCount, rows);
    this.exceptionType = resized(this.exceptionType, rows);
    this.exceptionCount = resized(this.exceptionCount, rows);
    this.projected = resized(this.projected, rows * spanAttributes.length);
    this.visitorHash = resized(this.visitorHash, rows);
  }
}
