/** What was last written of an incident that goes on. */
export interface Tracked {
  /** False: it is only counted in a summary. */
  readonly drawn: boolean;
  /** Whether its severity was above minor. */
  readonly urgent: boolean;
  /** What was worth an edit, as it was written. */
  readonly news: string;
  /** Last odd moment. */
  readonly endMs: number;
  /** Monotonic. */
  readonly editedMs: number;
}

export interface TrackedIncidents {
  get(key: string): Tracked | undefined;
  set(key: string, state: Tracked): void;
  delete(key: string): void;
}

/** At most `limit` of them; the one that was written longest ago is forgotten first, and found again in the ledger. */
export function createTracked(limit: number): TrackedIncidents {
  const byKey = new Map<string, Tracked>();
  return {
    get: (key) => byKey.get(key),
    set(key, state) {
      byKey.delete(key);
      byKey.set(key, state);
      const oldest = byKey.size > limit ? byKey.keys().next().value : undefined;
      if (oldest !== undefined) byKey.delete(oldest);
    },
    delete: (key) => byKey.delete(key),
  };
}
