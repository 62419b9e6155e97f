/** How often a service brings kinds of lines that nobody has seen from it. */
export interface NoveltyRates {
  /**
   * Notes a new kind of line, or a new peer; returns how many of new kinds to expect in a step, NaN while that is unknown:
   * in the learning steps, or as many as are given.
   */
  born(service: string, bucket: number, learning?: number): number;
  save(): SavedNovelty;
  load(saved: SavedNovelty): void;
}

export type SavedNovelty = readonly (readonly [service: string, since: number, count: number])[];

const MAX_SERVICES = 10_000;

interface Births {
  readonly since: number;
  count: number;
}

/** Everything is new at first, so births count only after the learning steps of the service. */
export function createNoveltyRates(learningBuckets: number): NoveltyRates {
  const services = new Map<string, Births>();
  return {
    born(service, bucket, learning = learningBuckets) {
      if (services.size >= MAX_SERVICES) services.clear();
      const births = services.get(service) ?? { since: bucket, count: 0 };
      services.set(service, births);
      const watched = bucket - births.since - learning;
      if (watched < 0) return NaN;
      return (births.count++ + 0.5) / (watched + 1);
    },
    save: () => [...services].map(([service, { since, count }]) => [service, since, count] as const),
    load(saved) {
      for (const [service, since, count] of saved) services.set(service, { since, count });
    },
  };
}
