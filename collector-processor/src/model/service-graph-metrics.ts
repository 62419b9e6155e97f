import { EDGE_BOUNDS, type ServiceEdge } from './service-graph.ts';

/** A time of an edge as a histogram of Prometheus: one more count than bounds, not cumulative. */
export interface EdgeDistribution {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
}

export interface EdgeMetric {
  readonly name: string;
  readonly type: 'counter' | 'histogram';
  readonly help: string;
  readonly points: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number | EdgeDistribution;
    readonly sinceMs: number;
  }[];
}

/**
 * Edges in the names and labels of Tempo's service graphs, which Grafana's node graph reads: `client`, `server`,
 * `connection_type`, and where there are several of them tenant and environment beside.
 */
export function serviceGraphMetrics(edges: readonly ServiceEdge[]): EdgeMetric[] {
  const of = (name: string, help: string, value: (edge: ServiceEdge) => number | EdgeDistribution): EdgeMetric => ({
    name: `traces_service_graph_request_${name}`,
    help,
    type: typeof (edges[0] === undefined ? 0 : value(edges[0])) === 'number' ? 'counter' : 'histogram',
    points: edges.map((edge) => ({ labels: labelsOf(edge), value: value(edge), sinceMs: edge.sinceMs })),
  });
  if (edges.length === 0) return [];
  return [
    of('total', 'Calls between two services.', ({ calls }) => calls),
    of('failed_total', 'Calls that failed.', ({ failed }) => failed),
    of('client_seconds', 'Time of calls as the caller saw it.', ({ client }) => distributionOf(client)),
    of('server_seconds', 'Time of calls as the callee saw it.', ({ server }) => distributionOf(server)),
  ];
}

function distributionOf({ counts, sum }: ServiceEdge['client']): EdgeDistribution {
  return { bounds: EDGE_BOUNDS, counts: Array.from(counts), sum };
}

function labelsOf({ from, to, remote, tenant, environment }: ServiceEdge): Readonly<Record<string, string>> {
  return {
    client: from,
    server: to,
    connection_type: remote ? 'virtual_node' : '',
    ...(tenant === '' ? {} : { tenant }),
    ...(environment === '' ? {} : { deployment_environment_name: environment }),
  };
}
