import { readGraph } from '../../api/graph';
import { readIncidents } from '../../api/incidents';
import { usePolled } from '../../app/use-polled';
import { type ServiceRow, serviceRows } from '../../parts/services/service-rows';

/** The API's largest answers. */
const EDGES_AT_MOST = 5000;
const INCIDENTS_AT_MOST = 500;

export interface ServicesData {
  readonly rows: readonly ServiceRow[];
  /** False: there are more calls than the API hands out. */
  readonly complete: boolean;
}

/** Who calls whom, and what is wrong with them now. */
export function useServices() {
  return usePolled('services', async (abortSignal): Promise<ServicesData> => {
    const [graph, incidents] = await Promise.all([
      readGraph({ limit: EDGES_AT_MOST }, abortSignal),
      readIncidents({ state: ['open', 'acknowledged', 'mitigated'], limit: INCIDENTS_AT_MOST }, abortSignal),
    ]);
    return { rows: serviceRows(graph, incidents.items), complete: graph.complete };
  });
}
