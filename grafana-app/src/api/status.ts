import type { Status } from '../../../collector-processor/src/contract/health.ts';
import { readApi } from './client';

export type { Status };

/** What the sidecar says of itself: version, role of the token, coverage. */
export function readStatus(abortSignal?: AbortSignal): Promise<Status> {
  return readApi<Status>('/status', {}, abortSignal);
}
