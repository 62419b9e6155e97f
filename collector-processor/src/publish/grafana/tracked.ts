import type { Anomaly, Border } from '../../model/anomaly.ts';

/** What was last written of an open finding. */
export interface Tracked {
  /** False: it is only counted in a summary. */
  readonly drawn: boolean;
  readonly border: Border;
  readonly endMs: number;
  /** Monotonic. */
  readonly editedMs: number;
}

export interface TrackedFindings {
  get(id: string): Tracked | undefined;
  set(key: string, anomaly: Anomaly, state: Pick<Tracked, 'drawn' | 'editedMs'>): void;
  delete(id: string): void;
  endOf(key: string): number | undefined;
}

/** At most `limit` open findings; the one that was written longest ago is forgotten first, and found again in the ledger. */
export function createTracked(limit: number): TrackedFindings {
  const byId = new Map<string, Tracked & { readonly key: string }>();
  const ends = new Map<string, number>();

  function forget(id: string): void {
    const known = byId.get(id);
    if (known === undefined) return;
    byId.delete(id);
    ends.delete(known.key);
  }

  return {
    get: (id) => byId.get(id),
    set(key, { id, border, endMs }, state) {
      forget(id);
      byId.set(id, { key, border, endMs, ...state });
      ends.set(key, endMs);
      const oldest = byId.size > limit ? byId.keys().next().value : undefined;
      if (oldest !== undefined) forget(oldest);
    },
    delete: forget,
    endOf: (key) => ends.get(key),
  };
}
