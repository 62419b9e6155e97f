import type { Incident, IncidentSummary } from '../../model/incident.ts';

/** A cause that earlier incidents of the same services had. */
interface EarlierCause {
  readonly service: string;
  readonly kind: string;
  /** Incidents that it was the first cause of. */
  readonly times: number;
}

type Ended = Pick<IncidentSummary, 'id' | 'tenant' | 'services' | 'cause' | 'mergedInto'>;

/** Incidents that are remembered; the newest. */
const MOST = 500;

/** What brought earlier incidents about. Only causes that were supported count, and no symptoms. */
export class EarlierCauses {
  readonly #ended = new Map<string, Ended>();

  /** An incident that is over. */
  add({ id, tenant, services, cause, mergedInto }: Ended): void {
    this.#ended.delete(id);
    if (mergedInto !== '' || cause?.verdict !== 'supported' || cause.kind === 'symptom') return;
    this.#ended.set(id, { id, tenant, services, cause, mergedInto });
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > MOST && oldest !== undefined) this.#ended.delete(oldest);
  }

  /** Of incidents that hit one of the same services; most frequent first. */
  of({ id, tenant, services }: Pick<Incident, 'id' | 'tenant' | 'services'>): readonly EarlierCause[] {
    const names = new Set([...services.values()].map(({ service }) => service));
    const counts = new Map<string, EarlierCause>();
    for (const one of this.#ended.values()) {
      if (one.cause === undefined || one.id === id || one.tenant !== tenant) continue;
      if (!one.services.some((service) => names.has(service))) continue;
      const { service, kind } = one.cause;
      const key = `${service}\n${kind}`;
      counts.set(key, { service, kind, times: (counts.get(key)?.times ?? 0) + 1 });
    }
    return [...counts.values()].sort(
      (left, right) => right.times - left.times || left.service.localeCompare(right.service, 'en'),
    );
  }
}
