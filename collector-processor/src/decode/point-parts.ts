import { checkKeyValue } from './any-value.ts';
import { AttributeHashes } from './attribute-hashes.ts';
import { type PointRows } from './columns/point-rows.ts';
import { type Cursor } from './cursor.ts';
import { ITEM } from './envelope.ts';
import { fixed64 } from './fixed64.ts';

/** Metric { data { point { attribute: its depth. */
const ATTRIBUTE = ITEM + 3;

/** What data points of every kind have: times, attributes, exemplars, and what their rows hold before anything is read. */
export class PointParts {
  readonly #cursor: Cursor;
  readonly #rows: PointRows;
  readonly #attributes: AttributeHashes;
  /** Sum of the hashes of the point's attributes, so that their order does not matter. */
  #low = 0;
  #high = 0;

  constructor(cursor: Cursor, rows: PointRows) {
    this.#cursor = cursor;
    this.#rows = rows;
    this.#attributes = new AttributeHashes(cursor, ATTRIBUTE);
  }

  begin(row: number): void {
    const rows = this.#rows;
    this.#attributes.begin();
    this.#low = 0;
    this.#high = 0;
    rows.flags[row] = 0;
    rows.starts.set(row, this.#cursor.view, -1);
    rows.times.set(row, this.#cursor.view, -1);
    rows.timeMs[row] = 0;
    rows.value[row] = NaN;
    rows.sampleCount[row] = NaN;
    rows.sampleSum[row] = NaN;
    rows.min[row] = NaN;
    rows.max[row] = NaN;
    rows.bucketStart[row] = rows.buckets.length;
    rows.bucketCount[row] = 0;
    rows.boundStart[row] = rows.bounds.length;
    rows.boundCount[row] = 0;
    rows.scale[row] = 0;
    rows.zeroCount[row] = 0;
    rows.zeroThreshold[row] = 0;
    rows.positiveOffset[row] = 0;
    rows.negativeOffset[row] = 0;
    rows.negativeStart[row] = rows.buckets.length;
    rows.negativeCount[row] = 0;
    rows.exemplarStart[row] = rows.exemplars.count;
  }

  end(row: number): void {
    const rows = this.#rows;
    rows.attributesLow[row] = this.#low;
    rows.attributesHigh[row] = this.#high;
    rows.exemplarCount[row] = rows.exemplars.count - (rows.exemplarStart[row] as number);
    if (rows.buckets.overflowed || rows.bounds.overflowed) this.#giveUpBuckets(row);
  }

  /** A field that all kinds number alike, or one that nobody reads. */
  times(row: number, tag: number): void {
    const { start, view } = this.#cursor;
    if (tag === 0x11) {
      this.#rows.starts.set(row, view, start);
    } else if (tag === 0x19) {
      this.#rows.times.set(row, view, start);
      this.#rows.timeMs[row] = fixed64(view, start) / 1e6;
    }
  }

  attribute(): void {
    const attributes = this.#attributes;
    attributes.read();
    const low = (this.#low + attributes.low) | 0;
    const carry = low >>> 0 < attributes.low >>> 0 ? 1 : 0;
    this.#low = low;
    this.#high = (this.#high + attributes.high + carry) | 0;
  }

  /** Exemplar { trace id 5, filtered attribute 7 }; one without a valid trace id leads nowhere and is left out. */
  exemplar(): void {
    const cursor = this.#cursor;
    const stop = cursor.enter();
    let traceId = -1;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x2a) traceId = cursor.id(16);
      else if (tag === 0x3a) checkKeyValue(cursor, cursor.enter(), ATTRIBUTE + 1);
    }
    if (traceId >= 0 && !this.#rows.exemplars.push(cursor.view, traceId)) this.#rows.skippedDetails++;
  }

  /** Half a histogram would be a wrong one. */
  #giveUpBuckets(row: number): void {
    const rows = this.#rows;
    rows.buckets.length = rows.bucketStart[row] as number;
    rows.buckets.overflowed = false;
    rows.bounds.length = rows.boundStart[row] as number;
    rows.bounds.overflowed = false;
    rows.bucketCount[row] = 0;
    rows.boundCount[row] = 0;
    rows.negativeCount[row] = 0;
    rows.skippedDetails++;
  }
}
