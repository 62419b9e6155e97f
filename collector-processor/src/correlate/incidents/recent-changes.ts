import type { Change } from '../../model/anomaly.ts';
import type { Incident } from '../../model/incident.ts';
import type { Neighbourhood } from './affinity.ts';

interface ChangeParts {
  readonly around: Neighbourhood;
  readonly limits: {
    /** How long before an incident a change still belongs to it, in milliseconds. */
    readonly changeLookback: number;
  };
}

/** More than that in one look-back is a roll-out of everything; the newest are kept, and an incident takes no more of them. */
const MOST = 1000;

/** Changes of late, for incidents that go on and for those that are still to come. */
export class RecentChanges {
  readonly #parts: ChangeParts;
  #changes: readonly Change[] = [];

  constructor(parts: ChangeParts) {
    this.#parts = parts;
  }

  restore(changes: readonly Change[]): void {
    this.#changes = changes.slice(-MOST);
  }

  add(change: Change, nowMs: number): void {
    const sinceMs = nowMs - this.#parts.limits.changeLookback;
    this.#changes = [...this.#changes.filter(({ timeMs }) => timeMs >= sinceMs), change].slice(-MOST);
  }

  /** Those that belong to an incident and are no part of it yet. */
  newTo(incident: Incident): readonly Change[] {
    return this.#changes.filter((change) => this.isNewTo(incident, change));
  }

  /** Of one of its services, or of one that these call or are called by. */
  isNewTo(incident: Incident, { id, tenant, environment, service, timeMs }: Change): boolean {
    const { around, limits } = this.#parts;
    if (incident.changes.has(id) || incident.changes.size >= MOST) return false;
    if (tenant !== incident.tenant || timeMs < incident.openedAtMs - limits.changeLookback) return false;
    return [...incident.services.values()].some(
      (part) =>
        part.environment === environment && around.distance({ tenant, environment }, [part.service, service], 1) <= 1,
    );
  }
}
