import { FAILED, type SpanColumns, SpanKind, type TelemetryColumns } from '../../model/columns.ts';
import type { Place } from '../../model/service-link.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';

/** Visitors of one service, and of all: about 64 bytes each. Those that were seen longest ago make room. */
const MOST_OF_SERVICE = 5_000;
const MOST = 50_000;

/** Whose requests have failed of late, by service: hashes of users or sessions, with the last time. */
export class FailedVisitors {
  readonly #seen = new Map<string, Map<number, number>>();
  readonly #dropped: { add(count: number): void };
  #size = 0;

  constructor(metrics: SelfMetrics) {
    const help = 'Users or sessions with failed requests that were forgotten for want of room.';
    this.#dropped = metrics.counter({ name: 'sentinel_incident_visitors_dropped_total', help });
    metrics.gauge(
      { name: 'sentinel_incident_visitors', help: 'Users or sessions with failed requests that are known.' },
      () => this.#size,
    );
  }

  observe(columns: TelemetryColumns, tenant: string): void {
    if (columns.signal !== 'traces') return;
    for (let i = 0; i < columns.count; i++) {
      if (columns.statusCode[i] === FAILED && columns.visitorHash[i] !== 0) this.#note(columns, i, tenant);
    }
  }

  /** Of these services, each once, whose requests failed at or after `fromMs`. */
  countOf(places: readonly (Place & { readonly service: string })[], fromMs: number): number {
    const all = new Set<number>();
    for (const { tenant, environment, service } of places) {
      for (const [visitor, lastMs] of this.#seen.get(keyOf(tenant, environment, service)) ?? []) {
        if (lastMs >= fromMs) all.add(visitor);
      }
    }
    return all.size;
  }

  #note(columns: SpanColumns, i: number, tenant: string): void {
    const resource = columns.resources[columns.resource[i] as number];
    const isServed = columns.kind[i] === SpanKind.server || columns.kind[i] === SpanKind.consumer;
    if (resource === undefined || !isServed) return;
    const key = keyOf(tenant, resource.environment, resource.service);
    const visitors = this.#seen.get(key) ?? new Map<number, number>();
    const visitor = columns.visitorHash[i] as number;
    // Whoever was seen last comes last, services as well as visitors.
    this.#seen.delete(key);
    this.#seen.set(key, visitors);
    if (visitors.delete(visitor)) this.#size--;
    else if (visitors.size >= MOST_OF_SERVICE) this.#forgetOldest(key, visitors);
    else if (this.#size >= MOST) this.#forgetOldest(...this.#longestAgo(key, visitors));
    visitors.set(visitor, columns.endMs[i] as number);
    this.#size++;
  }

  #longestAgo(...otherwise: [string, Map<number, number>]): [string, Map<number, number>] {
    const [first] = this.#seen;
    return first ?? otherwise;
  }

  #forgetOldest(key: string, visitors: Map<number, number>): void {
    const [oldest] = visitors.keys();
    if (oldest === undefined) return;
    visitors.delete(oldest);
    if (visitors.size === 0) this.#seen.delete(key);
    this.#size--;
    this.#dropped.add(1);
  }
}

function keyOf(tenant: string, environment: string, service: string): string {
  return `${tenant}\n${environment}\n${service}`;
}
