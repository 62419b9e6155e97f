import type { Series } from '../model/anomaly.ts';
import type { CoverageEntry } from '../model/coverage.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { Source } from './sources.ts';
import { hashText } from './state/hash64.ts';

/** What of a service there is too much of. */
export type Crowd = 'operations' | 'peers' | 'error types';

interface Crowded {
  /** Counts up, so that a list of these keeps its order. */
  readonly place: number;
  readonly entry: CoverageEntry;
  lastMs: number;
}

export interface CrowdedParts {
  readonly maxOperations: number;
  /** An entry is told for so long after the last item of it. */
  readonly idleMs: number;
  readonly metrics: SelfMetrics;
  readonly nowMs: () => number;
}

/** Services that are told apart here; of further ones only the names are counted. */
const MAX_SERVICES = 200;

/** Services whose operations or peers are more than are kept apart, for coverage and the status page. */
export class CrowdedServices {
  private readonly parts: CrowdedParts;
  private readonly known = new Map<string, Crowded>();
  private readonly names: Record<Crowd, { add(count: number): void }>;
  private places = 0;

  constructor(parts: CrowdedParts) {
    this.parts = parts;
    const help =
      'New names of operations, peers and types of errors that their service had no room for: they are watched as one.';
    const of = (what: Crowd) =>
      parts.metrics.counter({ name: 'sentinel_score_names_overflowed_total', help, labels: { what } });
    this.names = { operations: of('operations'), peers: of('peers'), 'error types': of('error types') };
  }

  note(what: Crowd, { key, resource: { service } }: Source): void {
    this.names[what].add(1);
    const id = `${key.high}:${key.low}:${what}`;
    const found = this.known.get(id);
    const now = this.parts.nowMs();
    if (found !== undefined) found.lastMs = now;
    else this.add(id, { what, service, now });
  }

  get size(): number {
    this.forget();
    return this.known.size;
  }

  /** In the order in which they were noted first. */
  entries(): readonly Readonly<Crowded>[] {
    this.forget();
    return [...this.known.values()];
  }

  private add(id: string, { what, service, now }: { what: Crowd; service: string; now: number }): void {
    this.forget();
    if (this.known.size >= MAX_SERVICES) return;
    const most = this.parts.maxOperations;
    const has = what === 'peers' ? 'calls' : 'has';
    const entry: CoverageEntry = {
      seriesId: idOf(id),
      title: `Further ${what} of ${service}`,
      service,
      state: 'unsuitable',
      why: `${service === '' ? 'A service without a name' : service} ${has} more than ${most} ${what}; the rest is watched as one.`,
      sinceMs: now,
    };
    this.known.set(id, { place: this.places++, entry, lastMs: now });
  }

  private forget(): void {
    const before = this.parts.nowMs() - this.parts.idleMs;
    for (const [id, { lastMs }] of this.known) if (lastMs < before) this.known.delete(id);
  }
}

/** In the form of a series' id, though there is no such series. */
function idOf(id: string): Series['id'] {
  const { low, high } = hashText(`crowded\n${id}`);
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
