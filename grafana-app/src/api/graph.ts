import type { Graph } from '../../../collector-processor/src/contract/graph.ts';
import { readApi } from './client';

export type { Graph };
export type GraphEdge = Graph['edges'][number];

interface GraphQuery {
  /** These, and whoever they call or are called by; absent, all. */
  readonly service?: readonly string[];
  readonly limit: number;
}

export function readGraph(query: GraphQuery, abortSignal?: AbortSignal): Promise<Graph> {
  return readApi<Graph>('/graph', { ...query }, abortSignal);
}
