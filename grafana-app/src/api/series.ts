import type { SeriesHistory, SeriesHistoryQuery } from '../../../collector-processor/src/contract/series.ts';
import { readApi } from './client';

export type { SeriesHistory };

/** Values, scores and expectations as far back as the sidecar keeps them. */
export function readHistory(
  seriesId: string,
  query: SeriesHistoryQuery,
  abortSignal?: AbortSignal,
): Promise<SeriesHistory> {
  return readApi<SeriesHistory>(`/series/${encodeURIComponent(seriesId)}/history`, { ...query }, abortSignal);
}
