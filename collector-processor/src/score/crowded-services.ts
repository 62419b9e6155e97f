import type { Series } from '../model/anomaly.ts';
import type { CoverageEntry } from '../model/coverage.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { Source } from './sources.ts';
import { hashText, hexOf } from './state/hash64.ts';

/** What of a service there is too much of. */
export type Crowd = 'operations' | 'peers' | 'error types';
/** What found all places taken, and the setting that says how many there are. */
const placeLimits = {
  'metric streams': { setting: 'score.max_streams', all: ({ maxStreams }: CrowdedParts) => maxStreams },
  traces: { setting: 'score.max_series', all: ({ maxSeries }: CrowdedParts) => maxSeries },
  logs: { setting: 'score.max_series', all: ({ maxSeries }: CrowdedParts) => maxSeries },
} as const;

interface Crowded {
  /** Counts up, so that a list of these keeps its order. */
  readonly place: number;
  readonly reason: 'too_many_of_a_service' | 'no_place';
  readonly entry: CoverageEntry;
  lastMs: number;
}

export interface CrowdedParts {
  readonly maxOperations: number;
  readonly maxSeries: number;
  readonly maxStreams: number;
  /** An entry is told for so long after the last item of it. */
  readonly idleMs: number;
  readonly metrics: SelfMetrics;
  readonly nowMs: () => number;
}

/** Services that are told apart here; of further ones only the names are counted. */
const MAX_SERVICES = 200;

/** Services that have more than is kept apart, or for more of which there is no place, for coverage and the status page. */
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
    const most = this.parts.maxOperations;
    const has = what === 'peers' ? 'calls' : 'has';
    const name = service === '' ? 'A service without a name' : service;
    this.see(`${key.high}:${key.low}:${what}`, 'too_many_of_a_service', () => ({
      ...{ title: `Further ${what} of ${service}`, service },
      why: `${name} ${has} more than ${most} ${what}; the rest is watched as one.`,
    }));
  }

  /** Something new of a service was left out, because nothing idle gave its place away. */
  noteNoPlace(what: keyof typeof placeLimits, tenant: string, service: string): void {
    const { setting, all } = placeLimits[what];
    this.see(`${tenant}\n${service}\n${what}`, 'no_place', () => ({
      ...{ title: `Further ${what} of ${service}`, service },
      why: `They are not watched: all ${all(this.parts)} places were taken when they came (${setting}).`,
    }));
  }

  get size(): number {
    this.forget();
    return this.known.size;
  }

  count(reason: Crowded['reason']): number {
    this.forget();
    return [...this.known.values()].filter((one) => one.reason === reason).length;
  }

  /** In the order in which they were noted first. */
  entries(): readonly Readonly<Crowded>[] {
    this.forget();
    return [...this.known.values()];
  }

  private see(
    id: string,
    reason: Crowded['reason'],
    describe: () => Pick<CoverageEntry, 'service' | 'title' | 'why'>,
  ): void {
    const found = this.known.get(id);
    const now = this.parts.nowMs();
    if (found !== undefined) {
      found.lastMs = now;
      return;
    }
    this.forget();
    if (this.known.size >= MAX_SERVICES) return;
    const entry: CoverageEntry = { ...describe(), seriesId: idOf(id), state: 'unsuitable', sinceMs: now };
    this.known.set(id, { place: this.places++, reason, entry, lastMs: now });
  }

  private forget(): void {
    const before = this.parts.nowMs() - this.parts.idleMs;
    for (const [id, { lastMs }] of this.known) if (lastMs < before) this.known.delete(id);
  }
}

/** In the form of a series' id, though there is no such series. */
function idOf(id: string): Series['id'] {
  const { low, high } = hashText(`crowded\n${id}`);
  return hexOf(low, high);
}
