import { type IncidentPage, readIncidents } from '../../api/incidents';
import { readStatus, type Status } from '../../api/status';
import { readWhyEmpty, type WhyEmpty } from '../../api/why-empty';
import { usePolled } from '../../app/use-polled';
import { incidentsForm, type IncidentsAddress, toQuery } from './incidents-address';

/** The page shows at most so many at once, the newest. */
const INCIDENTS_AT_MOST = 500;

export interface IncidentsData {
  readonly incidents: IncidentPage;
  readonly status: Status;
  /** Only when there are no incidents: what an empty list means, and when the last one closed. */
  readonly whyEmpty?: WhyEmpty;
  readonly lastClosedMs?: number | undefined;
}

/** Incidents that fit the address, and what the sidecar watches. */
export function useIncidents(address: IncidentsAddress) {
  return usePolled(incidentsForm.questionOf(address), async (abortSignal): Promise<IncidentsData> => {
    const [incidents, status] = await Promise.all([
      readIncidents({ ...toQuery(address), limit: INCIDENTS_AT_MOST }, abortSignal),
      readStatus(abortSignal),
    ]);
    if (incidents.items.length > 0) {
      return { incidents, status };
    }
    const [whyEmpty, closed] = await Promise.all([
      readWhyEmpty(status, abortSignal),
      readIncidents({ state: ['closed'], limit: 1 }, abortSignal),
    ]);
    return { incidents, status, whyEmpty, lastClosedMs: closed.items[0]?.stateSinceMs };
  });
}
