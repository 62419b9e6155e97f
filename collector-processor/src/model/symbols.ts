/**
 * Strings by small number. Bounded: when full, every new string gets the number of the overflow entry (`OVERFLOW`),
 * and `overflowed` counts it. Number 0 is the empty string and stands for "absent". Numbers hold within one `generation`:
 * whoever keeps what was made of them over batches must forget it when that differs.
 */
export interface Symbols {
  /** Rises between two batches, when the table starts anew. */
  readonly generation: number;
  /** Number of the UTF-8 text in bytes[start, end). */
  internBytes(bytes: Uint8Array, start: number, end: number): number;
  intern(text: string): number;
  text(id: number): string;
  readonly size: number;
  readonly overflowed: number;
}

export const ABSENT = 0;
export const OVERFLOW = 1;
export const OVERFLOW_TEXT = '(other)';
