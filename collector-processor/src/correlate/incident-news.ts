import type { Incident, IncidentEvent, IncidentSummary } from '../model/incident.ts';
import type { Counter } from '../runtime/self-metrics.ts';
import { summaryOf } from './incidents/incident-facts.ts';
import type { IncidentLedger } from './stage-parts.ts';

interface NewsParts {
  readonly ledger: Pick<IncidentLedger, 'record'>;
  readonly onIncident: (summary: IncidentSummary, event: IncidentEvent) => void;
  readonly unrecorded: Counter;
}

interface Waiting {
  readonly incident: Incident;
  readonly events: IncidentEvent[];
}

/**
 * Stores what happens to incidents and tells of it. Each event is stored; what the incident has become is worked out once for
 * all that happens to it in one go: a storm brings thousands of anomalies at the end of one bucket.
 */
export class IncidentNews {
  readonly #parts: NewsParts;
  #waiting = new Map<string, Waiting>();
  #written: Promise<void> = Promise.resolve();
  #problem = '';

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  happened(event: IncidentEvent, incident: Incident): void {
    if (this.#waiting.size === 0) queueMicrotask(() => this.#flush());
    const known = this.#waiting.get(incident.id);
    if (known === undefined) this.#waiting.set(incident.id, { incident, events: [event] });
    else known.events.push(event);
  }

  /** Until all is stored; why something of it could not be, '' when all was. */
  async stored(): Promise<string> {
    this.#problem = '';
    this.#flush();
    await this.#written;
    return this.#problem;
  }

  #flush(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (const { incident, events } of waiting) {
      const summary = summaryOf(incident);
      const last = events.at(-1);
      for (const event of events) this.#record(event, event === last ? summary : undefined);
      if (last !== undefined) this.#parts.onIncident(summary, last);
    }
  }

  #record(event: IncidentEvent, summary: IncidentSummary | undefined): void {
    const outcome = this.#parts.ledger.record(event, summary);
    const before = this.#written;
    this.#written = outcome.then(async ({ kind, reason = '' }) => {
      await before;
      if (kind !== 'failed') return;
      this.#parts.unrecorded.add(1);
      this.#problem = reason;
    });
  }
}
