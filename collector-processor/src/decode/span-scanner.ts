import { spanAttributes } from '../model/columns.ts';
import { ABSENT } from '../model/symbols.ts';
import { checkKeyValue } from './any-value.ts';
import { Attribute } from './attribute.ts';
import { type SpanRows } from './columns/span-rows.ts';
import { type Cursor } from './cursor.ts';
import { ITEM, type ItemScanner } from './envelope.ts';
import { fixed64 } from './fixed64.ts';
import { Projection } from './projection.ts';
import { thresholdWeight } from './sampling-weight.ts';
import { ScalarValues } from './scalar-values.ts';
import { type SymbolTable } from './symbol-table.ts';

const WIDTH = spanAttributes.length;
/** After the projected ones: `session.id`, the rate, and two names for the user. */
const SAMPLE_RATE = WIDTH + 1;
const USERS = WIDTH + 2;
const TWO_32 = 4294967296;
const EXCEPTION = Buffer.from('exception');
const EXCEPTION_TYPE = new Projection(['exception.type']);

interface SpanScannerParts {
  readonly cursor: Cursor;
  readonly symbols: SymbolTable;
  readonly rows: SpanRows;
  readonly sampleRateAttribute: string;
}

/** Span { trace id 1, span id 2, trace state 3, parent span id 4, name 5, kind 6, start 7, end 8, attribute 9, event 11, link 13, status 15, flags 16 }. */
export class SpanScanner implements ItemScanner {
  readonly rows: SpanRows;
  readonly #cursor: Cursor;
  readonly #symbols: SymbolTable;
  readonly #values: ScalarValues;
  readonly #projection: Projection;
  readonly #attribute = new Attribute();

  constructor({ cursor, symbols, rows, sampleRateAttribute }: SpanScannerParts) {
    this.rows = rows;
    this.#cursor = cursor;
    this.#symbols = symbols;
    this.#values = new ScalarValues(cursor, symbols);
    this.#projection = new Projection([...spanAttributes, 'session.id', sampleRateAttribute, 'user.id', 'enduser.id']);
  }

  scanItem(stop: number): void {
    const cursor = this.#cursor;
    const { rows } = this;
    const { view } = cursor;
    const start = cursor.at;
    const row = rows.next();
    let traceId = -1;
    let spanId = -1;
    let parentSpanId = -1;
    let traceState = 0;
    let traceStateEnd = 0;
    let name = 0;
    let nameEnd = 0;
    let kind = 0;
    let startTime = -1;
    let endTime = -1;
    let statusCode = 0;
    let flags = 0;
    const { projected } = rows;
    for (let i = row * WIDTH; i < row * WIDTH + WIDTH; i++) projected[i] = ABSENT;
    rows.visitorHash[row] = 0;
    rows.weight[row] = 1;
    rows.weightStated[row] = 0;
    rows.linkStart[row] = rows.linkTraceIds.count;
    rows.exceptionType[row] = ABSENT;
    rows.exceptionCount[row] = 0;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x4a) {
        this.#scanAttribute(row);
        continue;
      }
      switch (tag) {
        case 0x0a:
          traceId = cursor.id(16);
          break;
        case 0x12:
          spanId = cursor.id(8);
          break;
        case 0x1a:
          traceState = cursor.start;
          traceStateEnd = cursor.at;
          break;
        case 0x22:
          parentSpanId = cursor.id(8);
          break;
        case 0x2a:
          name = cursor.start;
          nameEnd = cursor.at;
          break;
        case 0x30:
          kind = cursor.uint32();
          break;
        case 0x39:
          startTime = cursor.start;
          break;
        case 0x41:
          endTime = cursor.start;
          break;
        case 0x5a:
          this.#scanEvent(row, cursor.enter());
          break;
        case 0x6a:
          this.#scanLink(cursor.enter());
          break;
        case 0x7a:
          statusCode = this.#scanStatus(cursor.enter(), statusCode);
          break;
        case 0x85:
          flags = view.getUint32(cursor.start, true);
          break;
      }
    }
    rows.traceIds.set(row, view, traceId);
    rows.spanIds.set(row, view, spanId);
    rows.parentSpanIds.set(row, view, parentSpanId);
    rows.name[row] = this.#symbols.internFree(cursor.bytes, name, nameEnd);
    rows.kind[row] = kind <= 255 ? kind : 0;
    rows.statusCode[row] = statusCode <= 255 ? statusCode : 0;
    rows.flags[row] = flags;
    rows.linkCount[row] = rows.linkTraceIds.count - rows.linkStart[row];
    rows.starts.set(row, view, startTime);
    rows.ends.set(row, view, endTime);
    rows.endMs[row] = endTime < 0 ? 0 : fixed64(view, endTime) / 1e6;
    rows.durationNs[row] = startTime < 0 || endTime < 0 ? NaN : durationOf(view, startTime, endTime);
    if (traceStateEnd > traceState) this.#weigh(row, traceState, traceStateEnd);
    rows.commit(start, stop);
  }

  #weigh(row: number, start: number, end: number): void {
    const weight = thresholdWeight(this.#cursor.bytes, start, end);
    if (weight === 0) return;
    this.rows.weight[row] = weight;
    this.rows.weightStated[row] = 1;
  }

  /** A rate of N says that this span stands for N; the threshold of tracestate, if there is one, overrules it. */
  #weighByRate(row: number, attribute: Attribute): void {
    const rate = this.#values.number(attribute);
    if (!(rate >= 1 && rate < Infinity)) return;
    this.rows.weight[row] = rate;
    this.rows.weightStated[row] = 1;
  }

  #scanAttribute(row: number): void {
    const { rows } = this;
    const cursor = this.#cursor;
    const attribute = this.#attribute;
    attribute.read(cursor, ITEM + 1);
    const index = this.#projection.find(cursor.view, attribute.keyStart, attribute.keyEnd);
    if (index < 0) return;
    if (index < WIDTH) rows.projected[row * WIDTH + index] = this.#values.symbol(attribute);
    else if (index === SAMPLE_RATE) this.#weighByRate(row, attribute);
    else this.#noteVisitor(row, attribute, index >= USERS);
  }

  /** Who the user is says more than the session. */
  #noteVisitor(row: number, attribute: Attribute, isUser: boolean): void {
    const { visitorHash } = this.rows;
    const hash = this.#values.textHash(attribute);
    if (hash !== 0 && (isUser || visitorHash[row] === 0)) visitorHash[row] = hash;
  }

  /** Event { time 1, name 2, attribute 3 }. */
  #scanEvent(row: number, stop: number): void {
    const { rows } = this;
    const cursor = this.#cursor;
    const attribute = this.#attribute;
    let name = 0;
    let nameEnd = 0;
    let type: number = ABSENT;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x12) {
        name = cursor.start;
        nameEnd = cursor.at;
      } else if (tag === 0x1a) {
        attribute.read(cursor, ITEM + 2);
        if (EXCEPTION_TYPE.find(cursor.view, attribute.keyStart, attribute.keyEnd) === 0) {
          type = this.#values.symbol(attribute);
        }
      }
    }
    if (nameEnd - name !== EXCEPTION.length || !EXCEPTION.equals(cursor.bytes.subarray(name, nameEnd))) return;
    if (rows.exceptionType[row] === ABSENT) rows.exceptionType[row] = type;
    rows.exceptionCount[row] = (rows.exceptionCount[row] as number) + 1;
  }

  /** Link { trace id 1, span id 2, attribute 4 }; one without a valid trace id leads nowhere and is left out. */
  #scanLink(stop: number): void {
    const cursor = this.#cursor;
    const { linkTraceIds, linkSpanIds } = this.rows;
    let traceId = -1;
    let spanId = -1;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x0a) traceId = cursor.id(16);
      else if (tag === 0x12) spanId = cursor.id(8);
      else if (tag === 0x22) checkKeyValue(cursor, cursor.enter(), ITEM + 2);
    }
    if (traceId < 0) return;
    if (linkTraceIds.push(cursor.view, traceId)) linkSpanIds.push(cursor.view, spanId);
    else this.rows.skippedDetails++;
  }

  /** Status { message 2, code 3 }. */
  #scanStatus(stop: number, before: number): number {
    const cursor = this.#cursor;
    let code = before;
    while (cursor.at < stop) {
      if (cursor.next(stop) === 0x18) code = cursor.uint32();
    }
    return code;
  }
}

/** Nanoseconds, exact where a span lasts less than a hundred days; NaN without a start and when the end lies before it. */
function durationOf(view: DataView, start: number, end: number): number {
  const startLow = view.getUint32(start, true);
  const startHigh = view.getUint32(start + 4, true);
  if (startLow === 0 && startHigh === 0) return NaN;
  const duration = (view.getUint32(end + 4, true) - startHigh) * TWO_32 + (view.getUint32(end, true) - startLow);
  return duration < 0 ? NaN : duration;
}
