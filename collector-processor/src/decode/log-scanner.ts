import { logAttributes } from '../model/columns.ts';
import { ABSENT } from '../model/symbols.ts';
import { Member } from './any-value.ts';
import { Attribute } from './attribute.ts';
import { type LogRows } from './columns/log-rows.ts';
import { type Cursor } from './cursor.ts';
import { ITEM, type ItemScanner } from './envelope.ts';
import { fixed64 } from './fixed64.ts';
import { Projection } from './projection.ts';
import { ScalarValues } from './scalar-values.ts';
import { type SymbolTable } from './symbol-table.ts';

const WIDTH = logAttributes.length;

interface LogScannerParts {
  readonly cursor: Cursor;
  readonly symbols: SymbolTable;
  readonly rows: LogRows;
}

/** LogRecord { time 1, severity number 2, severity text 3, body 5, attribute 6, flags 8, trace id 9, span id 10, observed time 11, event name 12 }. */
export class LogScanner implements ItemScanner {
  readonly rows: LogRows;
  readonly #cursor: Cursor;
  readonly #symbols: SymbolTable;
  readonly #values: ScalarValues;
  readonly #projection = new Projection([...logAttributes, 'session.id']);
  readonly #attribute = new Attribute();
  readonly #body = new Attribute();

  constructor({ cursor, symbols, rows }: LogScannerParts) {
    this.rows = rows;
    this.#cursor = cursor;
    this.#symbols = symbols;
    this.#values = new ScalarValues(cursor, symbols);
  }

  scanItem(stop: number): void {
    const cursor = this.#cursor;
    const body = this.#body;
    const { rows } = this;
    const { view } = cursor;
    const start = cursor.at;
    const row = rows.next();
    let time = -1;
    let observedTime = -1;
    let severity = 0;
    let severityText: number = ABSENT;
    let eventName: number = ABSENT;
    let bodyStart = 0;
    let bodyEnd = 0;
    let flags = 0;
    let traceId = -1;
    let spanId = -1;
    body.clear();
    const { projected } = rows;
    for (let i = row * WIDTH; i < row * WIDTH + WIDTH; i++) projected[i] = ABSENT;
    rows.sessionHash[row] = 0;
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x32) {
        this.#scanAttribute(row);
        continue;
      }
      switch (tag) {
        case 0x09:
          time = cursor.start;
          break;
        case 0x10:
          severity = cursor.uint32();
          break;
        case 0x1a:
          severityText = this.#symbols.internBytes(cursor.bytes, cursor.start, cursor.at);
          break;
        case 0x2a: {
          const { valueStart } = body;
          const message = cursor.start;
          body.readValue(cursor, cursor.enter(), ITEM + 1);
          if (body.valueStart === valueStart) break;
          bodyStart = message;
          bodyEnd = cursor.at;
          break;
        }
        case 0x45:
          flags = view.getUint32(cursor.start, true);
          break;
        case 0x4a:
          traceId = cursor.id(16);
          break;
        case 0x52:
          spanId = cursor.id(8);
          break;
        case 0x59:
          observedTime = cursor.start;
          break;
        case 0x62:
          eventName = this.#symbols.internFree(cursor.bytes, cursor.start, cursor.at);
          break;
      }
    }
    const isText = body.member === Member.text || body.member === Member.none;
    rows.bodyIsText[row] = isText ? 1 : 0;
    rows.bodyStart[row] = isText ? body.valueStart : bodyStart;
    rows.bodyEnd[row] = isText ? body.valueEnd : bodyEnd;
    rows.severityNumber[row] = severity <= 255 ? severity : 0;
    rows.severityText[row] = severityText;
    rows.eventName[row] = eventName;
    rows.flags[row] = flags;
    rows.traceIds.set(row, view, traceId);
    rows.spanIds.set(row, view, spanId);
    rows.times.set(row, view, time);
    rows.observedTimes.set(row, view, observedTime);
    const nano = time < 0 ? 0 : fixed64(view, time);
    rows.timeMs[row] = (nano === 0 && observedTime >= 0 ? fixed64(view, observedTime) : nano) / 1e6;
    rows.commit(start, stop);
  }

  #scanAttribute(row: number): void {
    const cursor = this.#cursor;
    const attribute = this.#attribute;
    attribute.read(cursor, ITEM + 1);
    const index = this.#projection.find(cursor.view, attribute.keyStart, attribute.keyEnd);
    if (index < 0) return;
    if (index < WIDTH) this.rows.projected[row * WIDTH + index] = this.#values.symbol(attribute);
    else this.rows.sessionHash[row] = this.#values.textHash(attribute);
  }
}
