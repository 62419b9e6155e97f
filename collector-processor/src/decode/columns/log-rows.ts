import { logAttributes, type LogColumns } from '../../model/columns.ts';
import { IdColumn } from './id-column.ts';
import { ItemRows } from './item-rows.ts';
import { NanoColumn } from './nano-column.ts';
import { resized } from './resized.ts';

export class LogRows extends ItemRows implements LogColumns {
  readonly signal = 'logs';
  readonly traceIds = new IdColumn(16);
  readonly spanIds = new IdColumn(8);
  readonly times = new NanoColumn();
  readonly observedTimes = new NanoColumn();
  timeMs = new Float64Array(0);
  severityNumber = new Uint8Array(0);
  severityText = new Int32Array(0);
  eventName = new Int32Array(0);
  flags = new Uint32Array(0);
  bodyStart = new Int32Array(0);
  bodyEnd = new Int32Array(0);
  bodyIsText = new Uint8Array(0);
  projected = new Int32Array(0);
  sessionHash = new Uint32Array(0);

  get traceId(): Uint8Array {
    return this.traceIds.bytes;
  }

  get spanId(): Uint8Array {
    return this.spanIds.bytes;
  }

  get timeNano(): BigUint64Array {
    return this.times.values;
  }

  get observedNano(): BigUint64Array {
    return this.observedTimes.values;
  }

  protected override resize(rows: number): void {
    super.resize(rows);
    for (const column of [this.traceIds, this.spanIds, this.times, this.observedTimes]) column.resize(rows);
    this.timeMs = resized(this.timeMs, rows);
    this.severityNumber = resized(this.severityNumber, rows);
    this.severityText = resized(this.severityText, rows);
    this.eventName = resized(this.eventName, rows);
    this.flags = resized(this.flags, rows);
    this.bodyStart = resized(this.bodyStart, rows);
    this.bodyEnd = resized(this.bodyEnd, rows);
    this.bodyIsText = resized(this.bodyIsText, rows);
    this.projected = resized(this.projected, rows * logAttributes.length);
    this.sessionHash = resized(this.sessionHash, rows);
  }
}
