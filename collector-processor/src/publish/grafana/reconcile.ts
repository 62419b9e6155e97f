import type { AnnotationLedger, AnnotationRecord } from '../../model/annotation-ledger.ts';
import type { IncidentSummary } from '../../model/incident.ts';
import { incidentIdOf } from './incident-intent.ts';
import { isSummaryKey } from './summary.ts';

/** An incident as the store has it; undefined when it is not there. */
export type ReadIncident = (id: string) => Promise<IncidentSummary | undefined>;

interface ReconcileParts {
  readonly ledger: AnnotationLedger;
  readonly readIncident: ReadIncident;
  readonly tell: (incident: IncidentSummary) => void;
  readonly limit: number;
  readonly nowMs: number;
}

/**
 * Brings open regions in line with their incidents, of which news may have been lost over a restart. Those that nobody knows
 * any more, and those of single findings that an earlier release has drawn, end when they were last written.
 */
export async function reconcile(parts: ReconcileParts): Promise<AnnotationRecord[]> {
  const { ledger, readIncident, tell, limit, nowMs } = parts;
  const open = await ledger.open(limit);
  for (const record of open.filter(({ key }) => !isSummaryKey(key))) {
    const id = incidentIdOf(record.key);
    const incident = id === undefined ? undefined : await readIncident(id);
    if (incident !== undefined) tell(incident);
    else await ledger.put(endedAt(record, Math.max(record.startMs, record.updatedAtMs), nowMs));
  }
  return open;
}

function endedAt(record: AnnotationRecord, endMs: number, nowMs: number): AnnotationRecord {
  return { ...record, endMs, dirty: true, updatedAtMs: nowMs };
}
