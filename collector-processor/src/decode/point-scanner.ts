import { type PointRows } from './columns/point-rows.ts';
import { type Cursor } from './cursor.ts';
import { fixed64, sfixed64 } from './fixed64.ts';
import { HistogramScanner } from './histogram-scanner.ts';
import { PointParts } from './point-parts.ts';

interface PointScannerParts {
  readonly cursor: Cursor;
  readonly rows: PointRows;
}

/** Reads data points of all five kinds; see `pointKinds` for the numbers of kinds. */
export class PointScanner {
  readonly #cursor: Cursor;
  readonly #rows: PointRows;
  readonly #parts: PointParts;
  readonly #histograms: HistogramScanner;

  constructor({ cursor, rows }: PointScannerParts) {
    this.#cursor = cursor;
    this.#rows = rows;
    this.#parts = new PointParts(cursor, rows);
    this.#histograms = new HistogramScanner({ cursor, rows, parts: this.#parts });
  }

  scan(kind: number, stop: number): void {
    const start = this.#cursor.at;
    const row = this.#rows.next();
    this.#parts.begin(row);
    if (kind <= 1) this.#scanNumber(row, stop);
    else if (kind === 2) this.#histograms.scan(row, stop);
    else if (kind === 3) this.#histograms.scanExponential(row, stop);
    else this.#scanSummary(row, stop);
    this.#parts.end(row);
    this.#rows.commit(start, stop);
  }

  /** NumberDataPoint { start 2, time 3, double 4, exemplar 5, integer 6, attribute 7, flags 8 }. */
  #scanNumber(row: number, stop: number): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    const parts = this.#parts;
    const { view } = cursor;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x3a) {
        parts.attribute();
        continue;
      }
      switch (tag) {
        case 0x21:
          rows.value[row] = view.getFloat64(cursor.start, true);
          break;
        case 0x2a:
          parts.exemplar();
          break;
        case 0x31:
          rows.value[row] = sfixed64(view, cursor.start);
          break;
        case 0x40:
          rows.flags[row] = cursor.uint32();
          break;
        default:
          parts.times(row, tag);
      }
    }
  }

  /** SummaryDataPoint { start 2, time 3, count 4, sum 5, quantile 6, attribute 7, flags 8 }. */
  #scanSummary(row: number, stop: number): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    const parts = this.#parts;
    const { view } = cursor;
    rows.sampleCount[row] = 0;
    rows.sampleSum[row] = 0;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x3a) {
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
        case 0x32:
          this.#scanQuantile(cursor.enter());
          break;
        case 0x40:
          rows.flags[row] = cursor.uint32();
          break;
        default:
          parts.times(row, tag);
      }
    }
    rows.boundCount[row] = rows.bounds.length - (rows.boundStart[row] as number);
  }

  /** ValueAtQuantile { quantile 1, value 2 }. */
  #scanQuantile(stop: number): void {
    const cursor = this.#cursor;
    const { view } = cursor;
    let quantile = 0;
    let value = 0;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x09) quantile = view.getFloat64(cursor.start, true);
      else if (tag === 0x11) value = view.getFloat64(cursor.start, true);
    }
    this.#rows.bounds.push(quantile);
    this.#rows.bounds.push(value);
  }
}
