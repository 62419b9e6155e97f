import type { Place, ServiceLink } from '../../model/service-link.ts';
import type { Neighbourhood } from '../incidents/affinity.ts';

/** Who is next to whom, read anew from what telemetry has shown when it is older than this. */
const FRESH_MS = 5_000;

type Names = Map<string, Set<string>>;

/** Distances between services by calls, in either direction. */
export class ServiceGraph implements Neighbourhood {
  readonly #links: () => Iterable<ServiceLink>;
  readonly #nowMs: () => number;
  #next: Names = new Map();
  #readAtMs = -Infinity;

  /** `nowMs` is monotonic. */
  constructor(links: () => Iterable<ServiceLink>, nowMs: () => number) {
    this.#links = links;
    this.#nowMs = nowMs;
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
    const nowMs = this.#nowMs();
    if (nowMs - this.#readAtMs < FRESH_MS) return this.#next;
    this.#readAtMs = nowMs;
    this.#next = new Map();
    for (const link of this.#links()) {
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
