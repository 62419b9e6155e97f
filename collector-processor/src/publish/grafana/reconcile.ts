import type { AnnotationLedger, AnnotationRecord } from '../../model/annotation-ledger.ts';
import type { Anomaly } from '../../model/anomaly.ts';
import { findingIdOf } from './anomaly-intent.ts';

/** What became of a finding whose region is open. `unknown`: neither open nor in the store. */
export type FindingFate =
  { readonly kind: 'open' } | { readonly kind: 'closed'; readonly anomaly: Anomaly } | { readonly kind: 'unknown' };

interface ReconcileParts {
  readonly ledger: AnnotationLedger;
  readonly fateOf: (findingId: string) => Promise<FindingFate>;
  readonly close: (anomaly: Anomaly) => void;
  readonly limit: number;
  readonly nowMs: number;
}

/** Ends the regions whose finding ended while nobody listened: over a restart, or with a lost event. */
export async function reconcile({ ledger, fateOf, close, limit, nowMs }: ReconcileParts): Promise<AnnotationRecord[]> {
  const open = await ledger.open(limit);
  for (const record of open) {
    const id = findingIdOf(record.key);
    if (id === undefined) continue;
    const fate = await fateOf(id);
    if (fate.kind === 'closed') close(fate.anomaly);
    // Nobody knows more: it ended when it was last written.
    if (fate.kind === 'unknown') await ledger.put(endedAt(record, Math.max(record.startMs, record.updatedAtMs), nowMs));
  }
  return open;
}

function endedAt(record: AnnotationRecord, endMs: number, nowMs: number): AnnotationRecord {
  return { ...record, endMs, dirty: true, updatedAtMs: nowMs };
}
