import type { AnomalyEvent } from '../model/anomaly.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { AnomalyStore } from '../store/anomaly-store.ts';

/**
 * Findings that an earlier process left open. Findings do not outlive the process that watches them, so these ended when
 * they were last seen: they are closed in the store, and whoever publishes findings is told, before annotations are compared
 * with the store.
 */
export function createOrphanCloser(anomalies: AnomalyStore, tell: (event: AnomalyEvent) => void): Service {
  return {
    name: 'orphans',
    async start() {
      for (const anomaly of await anomalies.closeOrphans(new Set())) tell({ kind: 'closed', anomaly });
    },
    stop: () => Promise.resolve(),
  };
}
