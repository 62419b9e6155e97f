import type { SeriesStore } from '../state/series-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { kindTable } from '../subject-kinds.ts';

export interface DeparturesParts {
  readonly subjects: SubjectStore;
  readonly series: SeriesStore;
  readonly bucketMs: number;
}

/** Who comes or starts anew so long before a series was last seen, or at any time after, may have to do with its end. */
const TOGETHER_MS = 15 * 60_000;

/**
 * Series that end for a good reason: with a restart, since what counts errors is there again when there is one, or because
 * another of the metric took its place, as that of the next version, pod or queue does.
 */
export class Departures {
  private readonly parts: DeparturesParts;
  /** Newest series by service and metric, looked for once a bucket, when a series is missed. */
  private born = new Map<string, number>();
  private lookedAt = -1;

  constructor(parts: DeparturesParts) {
    this.parts = parts;
  }

  explain(subject: number, bucket: number): boolean {
    const { subjects, bucketMs } = this.parts;
    const since = (subjects.lastSeen[subject] as number) - TOGETHER_MS / bucketMs;
    const restarted = subjects.newcomer[subjects.presence[subject] as number] as number;
    return restarted >= since || this.newestOf(subject, bucket) >= since;
  }

  private newestOf(subject: number, bucket: number): number {
    if (this.lookedAt !== bucket) this.look(bucket);
    return this.born.get(this.keyOf(subject)) ?? -Infinity;
  }

  private look(bucket: number): void {
    const { subjects } = this.parts;
    this.lookedAt = bucket;
    this.born = new Map();
    for (let subject = 0; subject < subjects.extent; subject++) {
      const kind = kindTable[subjects.kind[subject] as number];
      if (kind?.signal !== 'metrics' || kind.event === true) continue;
      const key = this.keyOf(subject);
      this.born.set(key, Math.max(this.born.get(key) ?? -Infinity, subjects.since[subject] as number));
    }
  }

  private keyOf(subject: number): string {
    return `${this.parts.subjects.presence[subject]}\n${this.parts.subjects.identityOf(subject)?.metric ?? ''}`;
  }
}
