import type { Pipeline } from '../../../collector-processor/src/contract/pipeline.ts';
import { readApi } from './client';

export type { Pipeline };

/** Receivers, backends, and when something last arrived. */
export function readPipeline(abortSignal?: AbortSignal): Promise<Pipeline> {
  return readApi<Pipeline>('/pipeline', {}, abortSignal);
}
