import type { Anomaly, AnomalyEvent } from '../model/anomaly.ts';
import type { AnomalyStore } from '../store/anomaly-store.ts';

interface OrphanParts {
  readonly anomalies: AnomalyStore;
  /** Findings that the score stage follows, also those that it took over from a snapshot. */
  readonly followed: () => readonly Anomaly[];
  readonly tell: (event: AnomalyEvent) => void;
}

/**
 * Closes findings that nobody follows any more: those that an ended process, or a score stage that was exchanged, left open
 * and its successor did not take over. They ended when they were last seen.
 */
export function createOrphanCloser({ anomalies, followed, tell }: OrphanParts): () => Promise<void> {
  return async () => {
    const continued = new Set(followed().map(({ id }) => id));
    for (const anomaly of await anomalies.closeOrphans(continued)) tell({ kind: 'closed', anomaly });
  };
}
