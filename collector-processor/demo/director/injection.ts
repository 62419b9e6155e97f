import type { Fault } from '../faults/fault.ts';

/** A fault that was put into the shop. Times are wall clock, milliseconds since the epoch. */
export interface Injection {
  readonly id: string;
  readonly fault: Fault;
  /** When it took effect. */
  readonly startMs: number;
  /** When it was taken back; absent while it lasts. */
  readonly endMs?: number;
}
