import type { AnnotationLedger, AnnotationRecord } from '../../../model/annotation-ledger.ts';

export interface MemoryLedger extends AnnotationLedger {
  readonly records: Map<string, AnnotationRecord>;
  /** While set, every call fails with it. */
  fault: Error | undefined;
}

/** Keeps what it is given over the annotators that share it, as a store does over restarts. */
export function createMemoryLedger(): MemoryLedger {
  const records = new Map<string, AnnotationRecord>();
  const oldestFirst = () => [...records.values()].sort((a, b) => a.updatedAtMs - b.updatedAtMs);
  const ledger: MemoryLedger = {
    records,
    fault: undefined,
    async put(record) {
      await answer();
      records.set(record.key, record);
    },
    async get(key) {
      await answer();
      return records.get(key);
    },
    async pending(limit) {
      await answer();
      return oldestFirst()
        .filter((record) => record.dirty)
        .slice(0, limit);
    },
    async open(limit) {
      await answer();
      return oldestFirst()
        .filter(({ endMs, state }) => endMs === undefined && state !== 'abandoned')
        .slice(0, limit);
    },
  };
  function answer(): Promise<void> {
    return ledger.fault === undefined ? Promise.resolve() : Promise.reject(ledger.fault);
  }
  return ledger;
}
