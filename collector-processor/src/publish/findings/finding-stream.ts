import type { AnomalyEvent, Border } from '../../model/anomaly.ts';
import type { FindingEvent } from './finding-record.ts';

/** Turns events into news: an update is none, unless the finding has crossed the page border. */
export interface FindingStream {
  newsOf(event: AnomalyEvent): FindingEvent | undefined;
  /** Id of the finding that is open on the series. */
  openFinding(seriesId: string): string | undefined;
}

interface OpenFinding {
  readonly id: string;
  readonly border: Border;
}

/**
 * Follows at most `limit` open findings, one a series; the one opened longest ago is forgotten first and then no longer
 * escalates.
 */
export function createFindingStream(limit: number): FindingStream {
  const bySeries = new Map<string, OpenFinding>();
  return {
    newsOf({ kind, anomaly: { id, border, series } }) {
      const known = bySeries.get(series.id);
      const before = known?.id === id ? known.border : undefined;
      if (kind === 'closed') bySeries.delete(series.id);
      else if (kind === 'opened' || before !== undefined) bySeries.set(series.id, { id, border });
      const oldest = bySeries.size > limit ? bySeries.keys().next().value : undefined;
      if (oldest !== undefined) bySeries.delete(oldest);
      if (kind !== 'updated') return kind;
      return before === 'notice' && border === 'page' ? 'escalated' : undefined;
    },
    openFinding: (seriesId) => bySeries.get(seriesId)?.id,
  };
}
