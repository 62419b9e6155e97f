import type { Incident, IncidentEvent, IncidentFact } from '../../model/incident.ts';
import { IncidentRecord } from './incident-record.ts';
import { type Showing, showingOf, worseThan } from './showing.ts';

export interface RecurrenceLimits {
  /** So many earlier ones that nobody took up make one that shows nothing else a repeat; 0: none is. */
  readonly demoteAfter: number;
  /** How long an earlier one counts, in milliseconds. */
  readonly demoteWithin: number;
  /** Of one that has to last longer to be worse, at least so much longer, in milliseconds. */
  readonly watchFor: number;
}

/** Earlier ones that are remembered, and findings of one that is: larger ones are no routine. */
const MOST = 500;
const MOST_FINDINGS = 200;

/**
 * What comes again and again, is over again and is taken up by nobody is demoted from its first finding on, until it shows
 * anything that those before it did not: then it is listed again, and stays so.
 */
export class Recurrence {
  readonly #limits: RecurrenceLimits;
  #past: readonly Showing[] = [];

  constructor(limits: RecurrenceLimits) {
    this.#limits = limits;
  }

  /** Events of incidents that were over before the process began. */
  restore(events: Iterable<IncidentEvent>): void {
    const known = new Map<string, IncidentRecord>();
    for (const event of events) {
      const { incidentId, atMs } = event;
      const incident = known.get(incidentId) ?? new IncidentRecord(incidentId, atMs);
      known.set(incidentId, incident.apply(event));
    }
    for (const incident of known.values()) this.ended(incident);
  }

  /** One that is over. */
  ended(incident: Incident): void {
    const { state, mergedInto, anomalies } = incident;
    if (state !== 'closed' || mergedInto !== '' || isCaredFor(incident) || anomalies.size === 0) return;
    if (this.#limits.demoteAfter === 0 || anomalies.size > MOST_FINDINGS) return;
    const others = this.#past.filter(({ id }) => id !== incident.id);
    this.#past = [...others, showingOf(incident, incident.stateSinceMs)].slice(-MOST);
  }

  /** What its past makes of an incident now; undefined when that is nothing new. */
  judge(incident: Incident, nowMs: number): IncidentFact | undefined {
    const isNew = incident.sequence === 2 && incident.anomalies.size === 1;
    if (this.#limits.demoteAfter === 0 || incident.state === 'closed') return undefined;
    if (incident.demoted === '' && !isNew) return undefined;
    if (isCaredFor(incident)) return { kind: 'promoted', reason: 'Somebody has taken it up.' };
    const now = showingOf(incident, nowMs);
    const fits = this.#earlier(now).filter((one) => this.#worse(one, now) === '');
    if (fits.length >= this.#limits.demoteAfter) return incident.demoted === '' ? this.#demoted(fits) : undefined;
    return incident.demoted === '' ? undefined : { kind: 'promoted', reason: this.#reason(incident, now) };
  }

  #demoted(fits: readonly Showing[]): IncidentFact {
    const days = Math.round(this.#limits.demoteWithin / DAY_MS);
    const since = days > 1 ? `${days} days` : `${Math.round(this.#limits.demoteWithin / HOUR_MS)} h`;
    const reason = `It was there ${fits.length} times in ${since}, no worse, and nobody took it up.`;
    return { kind: 'demoted', reason, repeats: fits[0]?.first ?? '' };
  }

  #reason({ repeats }: Incident, now: Showing): string {
    const last = this.#earlier(now).findLast(({ first }) => first === repeats);
    return (last && this.#worse(last, now)) ?? 'Those before it are long ago.';
  }

  #worse(before: Showing, now: Showing): string {
    return worseThan(before, now, this.#limits.watchFor);
  }

  #earlier({ id, tenant, endMs }: Showing): readonly Showing[] {
    const fromMs = endMs - this.#limits.demoteWithin;
    return this.#past.filter((one) => one.id !== id && one.tenant === tenant && one.endMs >= fromMs);
  }
}

function isCaredFor({ owner, notes, tasks }: Incident): boolean {
  return owner !== '' || notes > 0 || tasks.size > 0;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
