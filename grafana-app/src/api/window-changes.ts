import type { ChangedSeries, WindowChanges } from '../../../collector-processor/src/contract/window-change.ts';
import { readApi } from './client';

export type { ChangedSeries };

interface WindowQuery {
  readonly from: number;
  readonly to: number;
  /** By the distance of the distributions (Kolmogorov-Smirnov), or by the share of what came. */
  readonly order: 'ks' | 'volume';
  readonly limit: number;
}

/** Series that were different in a window from what they were before it. */
export function readWindowChanges(query: WindowQuery, abortSignal?: AbortSignal): Promise<WindowChanges> {
  return readApi<WindowChanges>('/window-changes', { ...query }, abortSignal);
}
