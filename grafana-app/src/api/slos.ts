import type { Slo, SloList, SloStatus } from '../../../collector-processor/src/contract/slo.ts';
import { readApi } from './client';

export type { Slo, SloStatus };
export type SloTier = Slo['tiers'][number];

/** All objectives that are configured; the sidecar bounds how many. */
export function readSlos(abortSignal?: AbortSignal): Promise<SloList> {
  return readApi<SloList>('/slos', {}, abortSignal);
}

export function readSlo(id: string, abortSignal?: AbortSignal): Promise<Slo> {
  return readApi<Slo>(`/slos/${encodeURIComponent(id)}`, {}, abortSignal);
}
