import type { AnnotationRecord } from '../../model/annotation-ledger.ts';

/** What one annotation should look like. The record in the ledger is this, and how far Grafana has got with it. */
export interface AnnotationIntent {
  readonly key: string;
  readonly startMs: number;
  /** Absent while the region is open. The same as `startMs` for a point. */
  readonly endMs?: number;
  readonly text: string;
  readonly tags: readonly string[];
}

/** A record that still has to reach Grafana. Times are whole milliseconds, as Grafana stores them. */
export function intendedRecord(intent: AnnotationIntent, nowMs: number): AnnotationRecord {
  return { ...rounded(intent), state: 'intended', dirty: true, updatedAtMs: Math.round(nowMs) };
}

/** The record with a new look (an end that the intent does not name is taken back); what Grafana has got stays known. */
export function changedRecord(record: AnnotationRecord, intent: AnnotationIntent, nowMs: number): AnnotationRecord {
  const { state, grafanaId } = record;
  const known = grafanaId === undefined ? { state } : { state, grafanaId };
  return { ...rounded(intent), ...known, dirty: true, updatedAtMs: Math.round(nowMs) };
}

export function looksTheSame(record: AnnotationRecord, intent: AnnotationIntent): boolean {
  const { endMs } = rounded(intent);
  return record.text === intent.text && record.endMs === endMs && record.tags.join('\n') === intent.tags.join('\n');
}

function rounded(intent: AnnotationIntent): AnnotationIntent {
  const startMs = Math.round(intent.startMs);
  return intent.endMs === undefined ? { ...intent, startMs } : { ...intent, startMs, endMs: Math.round(intent.endMs) };
}
