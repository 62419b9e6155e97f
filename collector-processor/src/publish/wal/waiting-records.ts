import { encodeRecord, type RecordContent } from './record.ts';
import type { Appended } from './segment-log.ts';

export interface WaitingRecord {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
  readonly sequence: number;
  readonly settle: (appended: Appended) => void;
}

/** Bytes of one write: what is more waits for the next. */
const MAX_COMMIT_BYTES = 4 * 1024 * 1024;

/** Records on their way to the disk: what gathers while one write is under way goes with the next. */
export class WaitingRecords {
  readonly #records: WaitingRecord[] = [];
  /** Also of the batch that is being written. */
  bytes = 0;

  /** Of the next one. */
  get sequence(): number | undefined {
    return this.#records[0]?.sequence;
  }

  push(record: Omit<WaitingRecord, 'settle'>): Promise<Appended> {
    this.bytes += record.length;
    return new Promise((settle) => this.#records.push({ ...record, settle }));
  }

  /** The next batch; empty when nothing waits. */
  take(): WaitingRecord[] {
    let bytes = 0;
    const count = this.#records.findIndex(({ length }) => (bytes += length) > MAX_COMMIT_BYTES);
    return this.#records.splice(0, count === -1 ? this.#records.length : Math.max(1, count));
  }
}

export function encoded(sequence: number, content: RecordContent): Omit<WaitingRecord, 'settle'> {
  const parts = encodeRecord(sequence, content);
  return { parts, sequence, length: parts.reduce((sum, part) => sum + part.length, 0) };
}
