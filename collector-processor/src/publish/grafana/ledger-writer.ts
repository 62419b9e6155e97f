import type { AnnotationLedger, AnnotationRecord } from '../../model/annotation-ledger.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type AnnotationIntent, changedRecord, intendedRecord, looksTheSame } from './annotation-intent.ts';

/** Keys that this process wrote and never sent: only these need no look-up in Grafana before they are posted. */
export interface FreshKeys {
  add(key: string): void;
  /** Whether it was fresh; it is not any more. */
  take(key: string): boolean;
}

/** When more than `limit` wait, all are forgotten, which costs one look-up each. */
export function createFreshKeys(limit: number): FreshKeys {
  const keys = new Set<string>();
  return {
    add(key) {
      if (keys.size >= limit) keys.clear();
      keys.add(key);
    },
    take: (key) => keys.delete(key),
  };
}

export interface LedgerWriter {
  /** Records written so far. */
  readonly writes: number;
  find(key: string): Promise<AnnotationRecord | undefined>;
  /** A first intent. */
  intend(intent: AnnotationIntent): Promise<void>;
  /** A new look of a record, unless it looks the same or was abandoned. */
  change(record: AnnotationRecord, intent: AnnotationIntent): Promise<void>;
  /** It is to be gone from Grafana. */
  withdraw(record: AnnotationRecord): Promise<void>;
}

interface LedgerWriterParts {
  readonly ledger: AnnotationLedger;
  readonly fresh: FreshKeys;
  readonly clock: Clock;
}

export function createLedgerWriter({ ledger, fresh, clock }: LedgerWriterParts): LedgerWriter {
  let writes = 0;
  return {
    get writes() {
      return writes;
    },
    find: (key) => ledger.get(key),
    async intend(intent) {
      await ledger.put(intendedRecord(intent, clock.nowMs()));
      fresh.add(intent.key);
      writes += 1;
    },
    async change(record, intent) {
      if (record.state === 'abandoned' || (looksTheSame(record, intent) && intent.endMs !== undefined)) return;
      await ledger.put(changedRecord(record, intent, clock.nowMs()));
      writes += 1;
    },
    async withdraw(record) {
      if (record.state === 'abandoned') return;
      await ledger.put({ ...record, state: 'abandoned', dirty: true, updatedAtMs: Math.round(clock.nowMs()) });
      writes += 1;
    },
  };
}
