import { TRACE_ID } from '../buckets/trace-ids.ts';

const SPAN_ID = 8;

/** Ids of spans as two numbers, told apart by trace and tenant. */
export class SpanKeys {
  /** Of the trace at hand, mixed. */
  mixed = 0;
  private tenant = 0;
  private saltLow = 0;
  private saltHigh = 0;

  /** `tenant` is a hash; the one before where it is left out. */
  follow(traceId: Uint8Array, i: number, tenant = this.tenant): void {
    this.tenant = tenant;
    const tail = word(traceId, i * TRACE_ID + 12);
    this.saltLow = tail;
    this.saltHigh = word(traceId, i * TRACE_ID + 8) ^ tenant;
    this.mixed = Math.imul(tail ^ (tail >>> 16), 0x9e3779b1);
  }

  low(ids: Uint8Array, i: number): number {
    return word(ids, i * SPAN_ID) ^ this.saltLow;
  }

  high(ids: Uint8Array, i: number): number {
    return word(ids, i * SPAN_ID + 4) ^ this.saltHigh;
  }

  /** Whether it is the key of the id that is all zero: no span. */
  isNone(low: number, high: number): boolean {
    return low === this.saltLow && high === this.saltHigh;
  }
}

function word(ids: Uint8Array, at: number): number {
  return (
    (ids[at] as number) |
    ((ids[at + 1] as number) << 8) |
    ((ids[at + 2] as number) << 16) |
    ((ids[at + 3] as number) << 24)
  );
}
