import { readAnomalies, readStrongest, type Strongest } from '../../api/anomalies';
import { type Change, readChanges } from '../../api/changes';
import { readStatus, type Status } from '../../api/status';
import { usePolled } from '../../app/use-polled';
import type { Span } from '../../components/timeline/timeline-event';
import { type AnomalyAddress, questionOf, toQuery } from './anomaly-address';
import { toSpan } from '../../components/range/time-words';
import { readWhyEmpty, type WhyEmpty } from '../../api/why-empty';

/** The page shows at most so many at once, the strongest. */
export const ANOMALIES_AT_MOST = 5_000;
const CHANGES_AT_MOST = 500;

export interface AnomalyData {
  readonly anomalies: Strongest;
  readonly changes: readonly Change[];
  readonly status: Status;
  /** The range that was read. */
  readonly span: Span;
  /** Only when there are no anomalies: what an empty list means. */
  readonly whyEmpty?: WhyEmpty;
  readonly lastClosedMs?: number | undefined;
}

/** Anomalies and changes that fit the address, and what the sidecar watches. */
export function useAnomalies(address: AnomalyAddress) {
  return usePolled(questionOf(address), async (abortSignal): Promise<AnomalyData> => {
    const query = toQuery(address);
    const { from, to, service } = query;
    const when = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const [anomalies, changes, status] = await Promise.all([
      readStrongest(query, ANOMALIES_AT_MOST, abortSignal),
      readChanges({ ...when, ...(service === undefined ? {} : { service }), limit: CHANGES_AT_MOST }, abortSignal),
      readStatus(abortSignal),
    ]);
    const data = { anomalies, changes: changes.items, status, span: toSpan(address) };
    if (anomalies.items.length > 0) {
      return data;
    }
    const [whyEmpty, last] = await Promise.all([
      readWhyEmpty(status, abortSignal),
      readAnomalies({ state: 'closed', limit: 1 }, abortSignal),
    ]);
    return { ...data, whyEmpty, lastClosedMs: last.items[0]?.endMs };
  });
}
