import type { Graph } from '../../../collector-processor/src/contract/graph.ts';
import { readApi } from './client';

export type { Graph };
export type GraphEdge = Graph['edges'][number];

export function readGraph(query: { readonly limit: number }, abortSignal?: AbortSignal): Promise<Graph> {
  return readApi<Graph>('/graph', { ...query }, abortSignal);
}
