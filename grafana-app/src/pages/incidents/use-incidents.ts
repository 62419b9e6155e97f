import { readAnomalies } from '../../api/anomalies';
import { readChanges } from '../../api/changes';
import { readStatus } from '../../api/status';
import { usePolled } from '../../app/use-polled';
import { type IncidentFilters, toQuery, toSpan } from './incident-filters';

/** The timeline shows at most so many at once; the API sends the strongest. */
const EVENTS_AT_MOST = 500;

/** Anomalies and changes that fit the filters, and what the sidecar watches. */
export function useIncidents(filters: IncidentFilters) {
  return usePolled(JSON.stringify(filters), async (abortSignal) => {
    const [anomalies, changes, status] = await Promise.all([
      readAnomalies(toQuery(filters, EVENTS_AT_MOST), abortSignal),
      readChanges({ ...toSpan(filters), service: [...filters.service], limit: EVENTS_AT_MOST }, abortSignal),
      readStatus(abortSignal),
    ]);
    return { anomalies, changes, status, span: toSpan(filters) };
  });
}
