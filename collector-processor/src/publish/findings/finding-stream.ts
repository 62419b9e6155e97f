import type { AnomalyEvent, Border } from '../../model/anomaly.ts';
import type { FindingEvent } from './finding-record.ts';

/** Turns events into news: an update is none, unless the finding has crossed the page border. */
export interface FindingStream {
  newsOf(event: AnomalyEvent): FindingEvent | undefined;
}

/** Follows at most `limit` open findings; the one opened longest ago is forgotten first and then no longer escalates. */
export function createFindingStream(limit: number): FindingStream {
  const borders = new Map<string, Border>();
  return {
    newsOf({ kind, anomaly: { id, border } }) {
      const before = borders.get(id);
      if (kind === 'closed') borders.delete(id);
      else if (kind === 'opened' || before !== undefined) borders.set(id, border);
      const oldest = borders.size > limit ? borders.keys().next().value : undefined;
      if (oldest !== undefined) borders.delete(oldest);
      if (kind !== 'updated') return kind;
      return before === 'notice' && border === 'page' ? 'escalated' : undefined;
    },
  };
}
