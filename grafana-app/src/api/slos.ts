import type { SloBurned } from '../../../collector-processor/src/contract/slo-burned.ts';
import type { SloCorrection, SloCorrectionPost } from '../../../collector-processor/src/contract/slo-correction.ts';
import type { SloHistory } from '../../../collector-processor/src/contract/slo-history.ts';
import type { Slo, SloList, SloStatus } from '../../../collector-processor/src/contract/slo.ts';
import { readApi, writeApi } from './client';

export type { Slo, SloBurned, SloCorrection, SloCorrectionPost, SloHistory, SloStatus };
export type SloTier = Slo['tiers'][number];
export type SloBurner = SloBurned['items'][number];
/** A correction and what it takes out of one budget. */
export type SloCorrected = SloHistory['corrections'][number];

export type SloCrossing = SloHistory['crossings'][number];

/** Milliseconds since the epoch; without them the window of the SLO. */
export type SloRange = { readonly from: number; readonly to: number } | Readonly<Record<string, never>>;

/** All objectives that are configured; the sidecar bounds how many. */
export function readSlos(abortSignal?: AbortSignal): Promise<SloList> {
  return readApi<SloList>('/slos', {}, abortSignal);
}

export function readSlo(id: string, abortSignal?: AbortSignal): Promise<Slo> {
  return readApi<Slo>(pathOf(id), {}, abortSignal);
}

export function readSloHistory(id: string, range: SloRange, abortSignal?: AbortSignal): Promise<SloHistory> {
  return readApi<SloHistory>(`${pathOf(id)}/history`, range, abortSignal);
}

export function readSloBurned(id: string, range: SloRange, abortSignal?: AbortSignal): Promise<SloBurned> {
  return readApi<SloBurned>(`${pathOf(id)}/burned`, range, abortSignal);
}

/** Known by its id: said twice it is kept once. */
export function addCorrection(correction: SloCorrectionPost): Promise<SloCorrection> {
  return writeApi<SloCorrection>('/slos/corrections', correction);
}

export function reverseCorrection(id: string, reason: string): Promise<SloCorrection> {
  return writeApi<SloCorrection>(`/slos/corrections/${encodeURIComponent(id)}/reverse`, { reason });
}

function pathOf(id: string): string {
  return `/slos/${encodeURIComponent(id)}`;
}
