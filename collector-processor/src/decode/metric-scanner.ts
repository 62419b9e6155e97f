import { pointKinds } from '../model/columns.ts';
import { ABSENT } from '../model/symbols.ts';
import { checkKeyValue } from './any-value.ts';
import { type PointRows } from './columns/point-rows.ts';
import { type Cursor } from './cursor.ts';
import { ITEM, type ItemScanner } from './envelope.ts';
import { PointScanner } from './point-scanner.ts';
import { type SymbolTable } from './symbol-table.ts';

interface MetricScannerParts {
  readonly cursor: Cursor;
  readonly symbols: SymbolTable;
  readonly rows: PointRows;
}

/** The field of Metric's oneof `data` by tag, as the value of the kind column. */
const kinds = new Map([
  [0x2a, pointKinds.indexOf('gauge')],
  [0x3a, pointKinds.indexOf('sum')],
  [0x4a, pointKinds.indexOf('histogram')],
  [0x52, pointKinds.indexOf('exponential_histogram')],
  [0x5a, pointKinds.indexOf('summary')],
]);

/** Metric { name 1, unit 3, gauge 5, sum 7, histogram 9, exponential histogram 10, summary 11, metadata 12 }; one row a point. */
export class MetricScanner implements ItemScanner {
  readonly rows: PointRows;
  readonly #cursor: Cursor;
  readonly #symbols: SymbolTable;
  readonly #points: PointScanner;
  #temporality = 0;
  #monotonic = 0;

  constructor({ cursor, symbols, rows }: MetricScannerParts) {
    this.rows = rows;
    this.#cursor = cursor;
    this.#symbols = symbols;
    this.#points = new PointScanner({ cursor, rows });
  }

  /** What belongs to the metric is written to its points at the end, since it may stand behind them. */
  scanItem(stop: number): void {
    const cursor = this.#cursor;
    const { rows } = this;
    const first = rows.count;
    let name: number = ABSENT;
    let unit: number = ABSENT;
    let kind = -1;
    this.#temporality = 0;
    this.#monotonic = 0;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      const given = kinds.get(tag);
      if (given !== undefined) {
        if (kind !== given) this.#restart(first);
        kind = given;
        this.#scanData(kind, cursor.enter());
      } else if (tag === 0x0a) {
        name = this.#symbols.internBytes(cursor.bytes, cursor.start, cursor.at);
      } else if (tag === 0x1a) {
        unit = this.#symbols.internBytes(cursor.bytes, cursor.start, cursor.at);
      } else if (tag === 0x62) {
        checkKeyValue(cursor, cursor.enter(), ITEM + 1);
      }
    }
    const { count } = rows;
    rows.metricName.fill(name, first, count);
    rows.metricUnit.fill(unit, first, count);
    rows.kind.fill(kind, first, count);
    rows.temporality.fill(this.#temporality, first, count);
    rows.monotonic.fill(this.#monotonic, first, count);
  }

  /** Of a oneof the last member counts: points of another kind before it are no points. */
  #restart(first: number): void {
    this.rows.count = first;
    this.#temporality = 0;
    this.#monotonic = 0;
  }

  /** Gauge … Summary { point 1, temporality 2, is monotonic 3 }; only sums have a 3, only sums and histograms a 2. */
  #scanData(kind: number, stop: number): void {
    const cursor = this.#cursor;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x0a) this.#points.scan(kind, cursor.enter());
      else if (tag === 0x10 && kind >= 1 && kind <= 3) this.#temporality = enumeration(cursor.uint32());
      else if (tag === 0x18 && kind === 1) this.#monotonic = cursor.isZero() ? 0 : 1;
    }
  }
}

/** A value that the column cannot hold is none that is known. */
function enumeration(value: number): number {
  return value <= 255 ? value : 0;
}
