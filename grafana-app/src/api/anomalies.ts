import type { Anomaly, AnomalyPage, AnomalyQuery } from '../../../collector-processor/src/contract/anomaly.ts';
import { readApi } from './client';

export type { Anomaly, AnomalyPage, AnomalyQuery };

const PAGE_ROWS = 500;

export type Strongest = Omit<AnomalyPage, 'nextCursor'>;

export function readAnomalies(query: AnomalyQuery, abortSignal?: AbortSignal): Promise<AnomalyPage> {
  return readApi<AnomalyPage>('/anomalies', { ...query }, abortSignal);
}

export function readAnomaly(id: string, abortSignal?: AbortSignal): Promise<Anomaly> {
  return readApi<Anomaly>(`/anomalies/${encodeURIComponent(id)}`, {}, abortSignal);
}

/** Up to `atMost` anomalies, highest score first: page by page, because that is how the sidecar hands them out. */
export async function readStrongest(
  query: AnomalyQuery,
  atMost: number,
  abortSignal?: AbortSignal,
): Promise<Strongest> {
  const found = new Map<string, Anomaly>();
  const question = { ...query, sort: '-peakScore', limit: Math.min(PAGE_ROWS, atMost) } as const;
  let page = await readAnomalies(question, abortSignal);
  const { total, totalIsExact } = page;
  for (;;) {
    // A score that rises between two pages brings the same anomaly twice.
    page.items.forEach((anomaly) => found.set(anomaly.id, anomaly));
    if (page.nextCursor === undefined || found.size >= atMost) {
      return { items: [...found.values()].slice(0, atMost), total, totalIsExact };
    }
    page = await readAnomalies({ ...question, cursor: page.nextCursor }, abortSignal);
  }
}
