import { WireFault } from '../model/otlp/wire-reader.ts';
import { type PointRows } from './columns/point-rows.ts';
import { type Cursor } from './cursor.ts';
import { fixed64 } from './fixed64.ts';
import { type PointParts } from './point-parts.ts';

interface HistogramScannerParts {
  readonly cursor: Cursor;
  readonly rows: PointRows;
  readonly parts: PointParts;
}

/** Reads data points that hold bucket counts. */
export class HistogramScanner {
  readonly #cursor: Cursor;
  readonly #rows: PointRows;
  readonly #parts: PointParts;

  constructor({ cursor, rows, parts }: HistogramScannerParts) {
    this.#cursor = cursor;
    this.#rows = rows;
    this.#parts = parts;
  }

  /** HistogramDataPoint { start 2, time 3, count 4, sum 5, bucket count 6, bound 7, exemplar 8, attribute 9, flags 10, min 11, max 12 }. */
  scan(row: number, stop: number): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    const parts = this.#parts;
    const { view } = cursor;
    const { buckets, bounds } = rows;
    rows.sampleCount[row] = 0;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x4a) {
        parts.attribute();
        continue;
      }
      switch (tag) {
        case 0x21:
          rows.sampleCount[row] = fixed64(view, cursor.start);
          break;
        case 0x29:
          rows.sampleSum[row] = view.getFloat64(cursor.start, true);
          break;
        case 0x31:
          buckets.push(fixed64(view, cursor.start));
          break;
        case 0x32:
          checkPacked(cursor);
          for (let at = cursor.start; at < cursor.at; at += 8) buckets.push(fixed64(view, at));
          break;
        case 0x39:
          bounds.push(view.getFloat64(cursor.start, true));
          break;
        case 0x3a:
          checkPacked(cursor);
          for (let at = cursor.start; at < cursor.at; at += 8) bounds.push(view.getFloat64(at, true));
          break;
        case 0x42:
          parts.exemplar();
          break;
        case 0x50:
          rows.flags[row] = cursor.uint32();
          break;
        case 0x59:
          rows.min[row] = view.getFloat64(cursor.start, true);
          break;
        case 0x61:
          rows.max[row] = view.getFloat64(cursor.start, true);
          break;
        default:
          parts.times(row, tag);
      }
    }
    rows.bucketCount[row] = buckets.length - (rows.bucketStart[row] as number);
    rows.boundCount[row] = bounds.length - (rows.boundStart[row] as number);
  }

  /** ExponentialHistogramDataPoint { attribute 1, start 2, time 3, count 4, sum 5, scale 6, zero count 7, positive 8, negative 9, flags 10, exemplar 11, min 12, max 13, zero threshold 14 }. */
  scanExponential(row: number, stop: number): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    const parts = this.#parts;
    const { view } = cursor;
    rows.sampleCount[row] = 0;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x0a) {
        parts.attribute();
        continue;
      }
      switch (tag) {
        case 0x21:
          rows.sampleCount[row] = fixed64(view, cursor.start);
          break;
        case 0x29:
          rows.sampleSum[row] = view.getFloat64(cursor.start, true);
          break;
        case 0x30:
          rows.scale[row] = cursor.sint32();
          break;
        case 0x39:
          rows.zeroCount[row] = fixed64(view, cursor.start);
          break;
        case 0x42:
          this.#scanPositive(row, cursor.enter());
          break;
        case 0x4a:
          this.#scanNegative(row, cursor.enter());
          break;
        case 0x50:
          rows.flags[row] = cursor.uint32();
          break;
        case 0x5a:
          parts.exemplar();
          break;
        case 0x61:
          rows.min[row] = view.getFloat64(cursor.start, true);
          break;
        case 0x69:
          rows.max[row] = view.getFloat64(cursor.start, true);
          break;
        case 0x71:
          rows.zeroThreshold[row] = view.getFloat64(cursor.start, true);
          break;
        default:
          parts.times(row, tag);
      }
    }
  }

  #scanPositive(row: number, stop: number): void {
    const rows = this.#rows;
    const start = rows.buckets.resume(rows.bucketStart[row] as number, rows.bucketCount[row] as number);
    rows.bucketStart[row] = start;
    rows.positiveOffset[row] = this.#scanBuckets(stop, rows.positiveOffset[row] as number);
    rows.bucketCount[row] = rows.buckets.length - start;
  }

  #scanNegative(row: number, stop: number): void {
    const rows = this.#rows;
    const start = rows.buckets.resume(rows.negativeStart[row] as number, rows.negativeCount[row] as number);
    rows.negativeStart[row] = start;
    rows.negativeOffset[row] = this.#scanBuckets(stop, rows.negativeOffset[row] as number);
    rows.negativeCount[row] = rows.buckets.length - start;
  }

  /** Buckets { offset 1, count 2 }. Gives the offset. */
  #scanBuckets(stop: number, before: number): number {
    const cursor = this.#cursor;
    const { buckets } = this.#rows;
    let offset = before;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x10 || tag === 0x12) {
        const end = cursor.enter();
        while (cursor.at < end) buckets.push(cursor.uint64(end));
      } else if (tag === 0x08) {
        offset = cursor.sint32();
      }
    }
    return offset;
  }
}

/** Packed numbers of eight bytes fill their block. */
function checkPacked({ start, at }: Cursor): void {
  if ((at - start) % 8 !== 0) throw new WireFault('cut off within a value', at);
}
