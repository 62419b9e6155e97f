import { AggregationTemporality, pointKinds, type PointColumns } from '../../model/columns.ts';
import type { Frame } from '../buckets/frame.ts';
import { StreamNumber, type StreamStore } from '../state/stream-store.ts';
import { BoundsTable } from './bounds-table.ts';
import type { Advance } from './cumulative.ts';
import { BOUNDS, MAGNITUDE_BINS, magnitudeBin, MAGNITUDES } from './distribution.ts';

const MAX_BOUNDS_LISTS = 4096;
const MAX_BUCKETS = 1024;
const HISTOGRAM = pointKinds.indexOf('histogram');
const EXPONENTIAL = pointKinds.indexOf('exponential_histogram');
const P95 = 0.95;

/** Sums and bucket counts of histograms, and the sums and quantiles of summaries, into a row of a frame. */
export class DistributionIntake {
  readonly boundsOf: (id: number) => Float64Array;
  private readonly streams: StreamStore;
  private readonly bounds = new BoundsTable(MAX_BOUNDS_LISTS);

  constructor(streams: StreamStore) {
    this.streams = streams;
    this.boundsOf = this.bounds.bounds;
  }

  add(stream: number, frame: Frame, row: number, columns: PointColumns, i: number, moved: Advance): void {
    const cumulative = columns.temporality[i] === AggregationTemporality.cumulative;
    const kind = columns.kind[i] as number;
    this.addSum(stream, frame, row, columns.sampleSum[i] as number, kind > EXPONENTIAL || cumulative, moved);
    if (kind === HISTOGRAM) this.addExplicit(stream, frame, row, columns, i, cumulative, moved.reset);
    else if (kind === EXPONENTIAL) this.addExponential(stream, frame, row, columns, i, cumulative, moved.reset);
    else addQuantile(frame, row, columns, i);
  }

  /** Takes a cumulative point only for what the next one is compared with. */
  setBase(stream: number, columns: PointColumns, i: number): void {
    const kind = columns.kind[i] as number;
    if (kind <= EXPONENTIAL && columns.temporality[i] !== AggregationTemporality.cumulative) return;
    this.streams.numbers[this.streams.at(stream) + StreamNumber.lastSum] = columns.sampleSum[i] as number;
    if (kind === HISTOGRAM) this.addExplicit(stream, undefined, -1, columns, i, true, true);
    else if (kind === EXPONENTIAL) this.addExponential(stream, undefined, -1, columns, i, true, true);
  }

  private addSum(stream: number, frame: Frame, row: number, sum: number, cumulative: boolean, moved: Advance): void {
    const { numbers } = this.streams;
    const at = this.streams.at(stream) + StreamNumber.lastSum;
    const delta = cumulative && !moved.reset ? sum - (numbers[at] as number) : sum;
    numbers[at] = sum;
    if (!Number.isNaN(delta)) frame.sum[row] = (frame.sum[row] as number) + delta;
  }

  /** Without a frame the counts are only remembered. */
  private addExplicit(
    stream: number,
    frame: Frame | undefined,
    row: number,
    columns: PointColumns,
    i: number,
    cumulative: boolean,
    reset: boolean,
  ): void {
    const { bucketStart, bucketCount, boundStart, boundCount, bucketValue, boundValue } = columns;
    const count = bucketCount[i] as number;
    const { countShape } = this.streams;
    if (count === 0 || count > MAX_BUCKETS || count !== (boundCount[i] as number) + 1) return;
    const known = (countShape[stream] as number) - BOUNDS;
    const from = boundStart[i] as number;
    const same = known >= 0 && this.bounds.same(known, boundValue, from, count - 1);
    const id = same ? known : this.bounds.idOf(boundValue, from, count - 1);
    if (id < 0) return;
    // Without a place the shape alone is kept, so that the next point need not be looked up either.
    const hadPlace = this.streams.countPlace[stream] !== 0;
    const place = cumulative ? this.placeFor(stream, count, id + BOUNDS) : 0;
    if (!cumulative && !hadPlace) countShape[stream] = id + BOUNDS;
    const start = frame === undefined ? -1 : frame.binsOf(row, count, id + BOUNDS);
    for (let at = 0; at < count; at++) {
      const value = bucketValue[(bucketStart[i] as number) + at] as number;
      const delta = cumulative ? this.delta(place, at, value, same && hadPlace && !reset) : value;
      if (frame !== undefined && start >= 0) frame.bins[start + at] = (frame.bins[start + at] as number) + delta;
    }
  }

  private addExponential(
    stream: number,
    frame: Frame | undefined,
    row: number,
    columns: PointColumns,
    i: number,
    cumulative: boolean,
    reset: boolean,
  ): void {
    const { bucketStart, bucketCount, bucketValue, positiveOffset, scale, zeroCount } = columns;
    const count = bucketCount[i] as number;
    if (count > MAX_BUCKETS) return;
    const factor = Math.LN2 / 2 ** (scale[i] as number);
    const offset = positiveOffset[i] as number;
    const start = frame === undefined ? -1 : frame.binsOf(row, MAGNITUDE_BINS, MAGNITUDES);
    // Counts can be compared with the last ones only where scale and offset are the same; they seldom change.
    const shape = -1 - (((scale[i] as number) + 64) * 65_536 + ((offset + 32_768) & 0xffff));
    const same = this.streams.countShape[stream] === shape && (this.streams.countLength[stream] as number) >= count + 1;
    const place = cumulative ? this.placeFor(stream, count + 1, shape) : 0;
    for (let at = -1; at < count; at++) {
      const value = (at < 0 ? zeroCount[i] : bucketValue[(bucketStart[i] as number) + at]) as number;
      const delta = cumulative ? this.delta(place, at + 1, value, same && !reset) : value;
      if (frame === undefined || start < 0) continue;
      const bin = start + (at < 0 ? 0 : magnitudeBin((offset + at + 0.5) * factor));
      frame.bins[bin] = (frame.bins[bin] as number) + delta;
    }
  }

  /** Room for a stream's last counts; the old ones are kept when their shape is the same. */
  private placeFor(stream: number, length: number, shape: number): number {
    const { counts, countPlace, countLength, countShape } = this.streams;
    const room = countLength[stream] as number;
    if (countPlace[stream] !== 0 && length <= room) {
      countShape[stream] = shape;
      return countPlace[stream] as number;
    }
    counts.release(countPlace[stream] as number, room);
    const padded = length + (shape < 0 ? 16 : 0);
    countPlace[stream] = counts.allocate(padded);
    countLength[stream] = padded;
    countShape[stream] = shape;
    return countPlace[stream];
  }

  /** 32-bit counts wrap around; the difference does not care. 0 without a place or without an old count. */
  private delta(place: number, at: number, value: number, comparable: boolean): number {
    const { data } = this.streams.counts;
    if (place === 0) return 0;
    const last = data[place + at] as number;
    data[place + at] = value;
    return comparable ? (value - last) >>> 0 : 0;
  }
}

/** A summary states its quantiles; the 95th percentile of several points is averaged. */
function addQuantile(frame: Frame, row: number, columns: PointColumns, i: number): void {
  const { boundStart, boundCount, boundValue } = columns;
  const start = boundStart[i] as number;
  for (let at = start; at < start + (boundCount[i] as number); at += 2) {
    if (boundValue[at] !== P95) continue;
    frame.heldWeight[row] = (frame.heldWeight[row] as number) + (boundValue[at + 1] as number);
    frame.heldEvents[row] = (frame.heldEvents[row] as number) + 1;
  }
}
