import { Type } from 'typebox';
import { Graph, GraphQuery } from '../../contract/graph.ts';
import { serviceGraphMetrics } from '../../model/service-graph-metrics.ts';
import type { ServiceEdge } from '../../model/service-graph.ts';
import { prometheusText } from '../../runtime/prometheus-text.ts';
import { describeRoute } from '../describe-route.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const DEFAULT_LIMIT = 1000;
const FEW_CALLS = 10;

const readGraph = {
  summary: 'Who calls whom, how often, how well and how fast, and where services run',
  description:
    'Learned from spans and resource attributes since the start. /api/v1/graph/metrics has it as traces_service_graph_*.',
  tag: 'coverage',
  query: GraphQuery,
  answers: { 200: Graph },
} as const;

const readMetrics = {
  summary: 'The same as metrics, in the shape of Tempo’s service graphs',
  description: 'Prometheus text: traces_service_graph_request_total, _failed_total, _client_seconds, _server_seconds.',
  tag: 'coverage',
  answers: { 200: Type.String({ description: 'Prometheus text format 0.0.4.' }) },
  mediaType: 'text/plain',
} as const;

export function graphRoutes(server: ApiServer, { providers, clock }: ApiContext): void {
  server.get('/api/v1/graph', describeRoute(readGraph), ({ query }): Graph => {
    const { tenant, environment, service, limit = DEFAULT_LIMIT } = query;
    const isHere = (place: { readonly tenant: string; readonly environment: string }): boolean =>
      (tenant === undefined || place.tenant === tenant) &&
      (environment === undefined || place.environment === environment);
    const isAsked = (...names: readonly string[]): boolean =>
      service === undefined || names.some((name) => service.includes(name));
    const matching = [...providers.edges()].filter((edge) => isHere(edge) && isAsked(edge.from, edge.to));
    const edges = matching.slice(0, limit).map((edge) => told(edge, clock.nowMs()));
    const known = new Map(
      [...providers.whereabouts()].filter(isHere).map((one) => [keyOf(one, one.service), { ...one, remote: false }]),
    );
    const ends = edges.flatMap((edge) => [nodeOf(edge, edge.from, false), nodeOf(edge, edge.to, edge.remote)]);
    const services = new Map(ends.map((end) => [keyOf(end, end.service), known.get(keyOf(end, end.service)) ?? end]));
    for (const [key, one] of known) if (service?.includes(one.service) ?? true) services.set(key, one);
    return { services: [...services.values()].map(withLists), edges, complete: matching.length <= limit };
  });

  // Not on /metrics, which needs no token: names of services are nobody's business but the readers'.
  server.get('/api/v1/graph/metrics', describeRoute(readMetrics), (_request, reply) => {
    const edges = [...providers.edges()].slice(0, DEFAULT_LIMIT);
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(prometheusText(serviceGraphMetrics(edges)));
  });
}

interface Node {
  readonly tenant: string;
  readonly environment: string;
  readonly service: string;
  readonly remote: boolean;
  readonly resources: Readonly<Record<string, readonly string[]>>;
}

function nodeOf({ tenant, environment }: ServiceEdge | Graph['edges'][number], service: string, remote: boolean): Node {
  return { tenant, environment, service, remote, resources: {} };
}

function withLists({ resources, ...node }: Node): Graph['services'][number] {
  return {
    ...node,
    resources: Object.fromEntries(Object.entries(resources).map(([kind, names]) => [kind, [...names]])),
  };
}

function told(edge: ServiceEdge, nowMs: number): Graph['edges'][number] {
  const { tenant, environment, from, to, remote, sinceMs, lastMs, calls, failed, rate, errorRatio, p95 } = edge;
  const confidence = calls <= FEW_CALLS ? 'low' : remote ? 'medium' : 'high';
  const figures = {
    sinceMs,
    lastMs,
    ageMs: Math.max(0, nowMs - lastMs),
    calls,
    failed,
    rate,
    errorRatio,
    p95Seconds: p95,
  };
  return { tenant, environment, from, to, remote, confidence, ...figures };
}

function keyOf(
  { tenant, environment }: { readonly tenant: string; readonly environment: string },
  service: string,
): string {
  return [tenant, environment, service].join('\n');
}
