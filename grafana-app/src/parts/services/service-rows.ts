import type { Graph, GraphEdge } from '../../api/graph';
import type { IncidentSummary } from '../../api/incidents';

export const healths = ['anomalous', 'normal', 'remote'] as const;
export type Health = (typeof healths)[number];

/** One service, with what its callers see of it. */
export interface ServiceRow {
  /** Service, environment and tenant: the same name elsewhere is another service. */
  readonly id: string;
  readonly service: string;
  readonly environment: string;
  readonly health: Health;
  /** Calls a second in the last whole minute; undefined where nobody is known to call it. */
  readonly rate: number | undefined;
  /** Share of them that failed; undefined without calls. */
  readonly errorRatio: number | undefined;
  /** Of the slowest edge. */
  readonly p95Seconds: number | undefined;
  readonly lastMs: number | undefined;
  readonly incidents: readonly IncidentSummary[];
  readonly callers: readonly GraphEdge[];
  readonly callees: readonly GraphEdge[];
  /** `host`, `pod`, …: where it runs. */
  readonly resources: Graph['services'][number]['resources'];
}

interface Place {
  readonly tenant: string;
  readonly environment: string;
}

export function keyOf({ tenant, environment }: Place, service: string): string {
  return [service, environment, tenant].join('\u001f');
}

/** Those in trouble first, then by name. */
export function serviceRows({ services, edges }: Graph, incidents: readonly IncidentSummary[]): ServiceRow[] {
  const callers = byService(edges, 'to');
  const callees = byService(edges, 'from');
  const rows = services.map((one): ServiceRow => {
    const id = keyOf(one, one.service);
    const [into = [], from = []] = [callers.get(id), callees.get(id)];
    const touched = incidents.filter((each) => each.tenant === one.tenant && each.services.includes(one.service));
    return {
      id,
      service: one.service,
      environment: one.environment,
      health: touched.length > 0 ? 'anomalous' : one.remote ? 'remote' : 'normal',
      ...seenBy(into),
      incidents: touched,
      callers: into,
      callees: from,
      resources: one.resources,
    };
  });
  const order = (row: ServiceRow) => (row.health === 'anomalous' ? 0 : 1);
  return rows.sort((a, b) => order(a) - order(b) || a.service.localeCompare(b.service));
}

function byService(edges: readonly GraphEdge[], side: 'from' | 'to'): Map<string, GraphEdge[]> {
  const grouped = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const key = keyOf(edge, edge[side]);
    grouped.set(key, [...(grouped.get(key) ?? []), edge]);
  }
  return grouped;
}

function seenBy(edges: readonly GraphEdge[]): Pick<ServiceRow, 'rate' | 'errorRatio' | 'p95Seconds' | 'lastMs'> {
  if (edges.length === 0) {
    return { rate: undefined, errorRatio: undefined, p95Seconds: undefined, lastMs: undefined };
  }
  const rate = sum(edges.map((edge) => edge.rate));
  const failed = sum(edges.map((edge) => edge.rate * (edge.errorRatio ?? 0)));
  const slowest = edges.flatMap(({ p95Seconds }) => (p95Seconds === null ? [] : [p95Seconds]));
  return {
    rate,
    errorRatio: rate > 0 ? failed / rate : undefined,
    p95Seconds: slowest.length > 0 ? Math.max(...slowest) : undefined,
    lastMs: Math.max(...edges.map((edge) => edge.lastMs)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

interface Wanted {
  readonly q: string;
  readonly health: Health | 'all';
}

export function filterRows(rows: readonly ServiceRow[], { q, health }: Wanted): ServiceRow[] {
  const text = q.toLowerCase();
  return rows.filter((row) => row.service.toLowerCase().includes(text) && (health === 'all' || health === row.health));
}

/** More than this is a ball of wool. */
export const MAP_AT_MOST = 60;

/** What a map can show: whom somebody looks for, else those in trouble, with one hop around them; all where nothing is wrong. */
export function mapRows(rows: readonly ServiceRow[], found: readonly ServiceRow[]): ServiceRow[] {
  const start = found.length < rows.length ? found : rows.filter(({ health }) => health === 'anomalous');
  const near = new Set(
    start.flatMap((row) => [
      row.id,
      ...row.callers.map((edge) => keyOf(edge, edge.from)),
      ...row.callees.map((edge) => keyOf(edge, edge.to)),
    ]),
  );
  const shown = start.length === 0 ? rows : rows.filter(({ id }) => near.has(id));
  return shown.length <= MAP_AT_MOST ? [...shown] : [];
}
