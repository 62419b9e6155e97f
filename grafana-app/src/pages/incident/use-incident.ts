import { readIncident } from '../../api/incidents';
import { usePolled } from '../../app/use-polled';

/** One incident with its timeline, read again and again. */
export function useIncident(id: string) {
  return usePolled(id, (abortSignal) => readIncident(id, abortSignal));
}
