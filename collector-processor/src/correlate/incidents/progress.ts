import type { Anomaly } from '../../model/anomaly.ts';
import type { Incident, IncidentSummary } from '../../model/incident.ts';
import { summaryOf } from './incident-facts.ts';

/**
 * What goes on without being news: most buckets of an open anomaly change nothing but its end, and no event tells of them.
 * Each incident is told once after the start too, because whoever listens may have missed its last event.
 */
export class Progress {
  readonly #told = new Map<string, number>();

  /** Incidents that have grown since the last look, with the end that they have now. */
  look(incidents: readonly Incident[], followed: readonly Anomaly[]): readonly IncidentSummary[] {
    const ends = new Map(followed.map(({ id, endMs }) => [id, endMs]));
    const grown: IncidentSummary[] = [];
    for (const incident of incidents) {
      const endMs = endOf(incident, ends);
      if (endMs <= (this.#told.get(incident.id) ?? -Infinity)) continue;
      this.#told.set(incident.id, endMs);
      const summary = summaryOf(incident);
      grown.push({ ...summary, endMs: Math.max(summary.endMs, endMs) });
    }
    const here = new Set(incidents.map(({ id }) => id));
    for (const id of this.#told.keys()) if (!here.has(id)) this.#told.delete(id);
    return grown;
  }
}

function endOf({ anomalies }: Incident, ends: ReadonlyMap<string, number>): number {
  let endMs = 0;
  for (const { id } of anomalies.values()) endMs = Math.max(endMs, ends.get(id) ?? 0);
  return endMs;
}
