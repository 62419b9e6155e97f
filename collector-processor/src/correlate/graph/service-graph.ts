import type { ServiceWhereabouts } from '../../model/service-graph.ts';
import type { Place, ServiceLink } from '../../model/service-link.ts';
import type { Neighbourhood } from '../incidents/affinity.ts';

/** Who is next to whom, read anew from what telemetry has shown when it is older than this. */
const FRESH_MS = 5_000;

type Names = Map<string, Set<string>>;

interface GraphParts {
  readonly links: () => Iterable<ServiceLink>;
  readonly whereabouts: () => Iterable<ServiceWhereabouts>;
  /** Monotonic. */
  readonly nowMs: () => number;
}

/** Distances between services by calls, in either direction, and where they run. */
export class ServiceGraph implements Neighbourhood {
  readonly #parts: GraphParts;
  #next: Names = new Map();
  #where: Names = new Map();
  #readAtMs = -Infinity;

  constructor(parts: GraphParts) {
    this.#parts = parts;
  }

  runsAt(place: Place, service: string, where: string): boolean {
    this.#read();
    return this.#where.get(keyOf(place, service))?.has(where) ?? false;
  }

  distance(place: Place, [left, right]: readonly [string, string], most: number): number {
    if (left === right) return 0;
    const next = this.#read();
    const target = keyOf(place, right);
    let edge = new Set([keyOf(place, left)]);
    const seen = new Set(edge);
    for (let calls = 1; calls <= most; calls++) {
      edge = new Set([...edge].flatMap((name) => [...(next.get(name) ?? [])]).filter((name) => !seen.has(name)));
      if (edge.has(target)) return calls;
      for (const name of edge) seen.add(name);
    }
    return Infinity;
  }

  #read(): Names {
    const nowMs = this.#parts.nowMs();
    if (nowMs - this.#readAtMs < FRESH_MS) return this.#next;
    this.#readAtMs = nowMs;
    this.#next = new Map();
    this.#where = new Map();
    for (const { service, resources, ...place } of this.#parts.whereabouts())
      for (const name of Object.values(resources).flat()) put(this.#where, keyOf(place, service), name);
    for (const link of this.#parts.links()) {
      const [from, to] = [keyOf(link, link.from), keyOf(link, link.to)];
      put(this.#next, from, to);
      put(this.#next, to, from);
    }
    return this.#next;
  }
}

function keyOf({ tenant, environment }: Place, service: string): string {
  return `${tenant}\n${environment}\n${service}`;
}

function put(names: Names, one: string, other: string): void {
  const known = names.get(one);
  if (known === undefined) names.set(one, new Set([other]));
  else known.add(other);
}
