import type { Anomaly, AnomalyPage, AnomalyQuery } from '../../../collector-processor/src/contract/anomaly.ts';
import { readApi } from './client';

export type { Anomaly, AnomalyPage, AnomalyQuery };

export function readAnomalies(query: AnomalyQuery, abortSignal?: AbortSignal): Promise<AnomalyPage> {
  return readApi<AnomalyPage>('/anomalies', { ...query }, abortSignal);
}
