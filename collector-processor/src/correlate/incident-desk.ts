import type { Incident, IncidentFact, Task } from '../model/incident.ts';
import type { IncidentBook } from './incidents/incident-book.ts';
import { summaryOf } from './incidents/incident-facts.ts';
import { IncidentRecord } from './incidents/incident-record.ts';
import { allowedCommands, type CommandKind, type IncidentCommand } from './incidents/lifecycle.ts';
import type { IncidentOutcome, IncidentStageParts } from './stage-parts.ts';

interface DeskParts extends Pick<IncidentStageParts, 'options' | 'ledger' | 'clock'> {
  /** None while another process has it. */
  readonly book: () => Promise<IncidentBook | undefined>;
  /** Until all that happened is stored; why something of it could not be, '' when all was. */
  readonly stored: () => Promise<string>;
}

type By = { readonly atMs: number; readonly actor: string };
type Doing = (incident: Incident, book: IncidentBook, by: By) => IncidentOutcome;

const MOST_TASKS = 100;
export const NOT_ACTIVE = 'This Sentinel is not the active one.';

/** What people do to incidents: they are told that it is done when the store has it. */
export class IncidentDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  configuration(): Readonly<Record<string, unknown>> {
    return { ...this.#parts.options };
  }

  allowed(incident: Pick<Incident, 'state' | 'mergedInto'>): readonly CommandKind[] {
    return allowedCommands(incident);
  }

  command(id: string, command: IncidentCommand, actor: string): Promise<IncidentOutcome> {
    return this.#aboutAny(id, actor, (incident, book, by) => {
      const outcome = book.command(id, command, by);
      return outcome?.kind === 'refused' ? outcome : done(incident);
    });
  }

  note(id: string, text: string, actor: string): Promise<IncidentOutcome> {
    return this.#remark(id, { kind: 'note', text }, actor);
  }

  task(id: string, task: Task, actor: string): Promise<IncidentOutcome> {
    return this.#remark(id, { kind: 'task', task }, actor);
  }

  merge(id: string, others: readonly string[], actor: string): Promise<IncidentOutcome> {
    return this.#about(id, actor, (incident, book, by) => {
      const missing = others.filter((other) => book.get(other)?.tenant !== incident.tenant);
      if (missing.length > 0) return { kind: 'refused', why: `There is no open incident ${missing.join(', ')}.` };
      if (book.merge(id, others, by)) return done(incident);
      return { kind: 'refused', why: `Together they have more than ${this.#parts.options.maxAnomalies} findings.` };
    });
  }

  split(id: string, anomalyIds: readonly string[], actor: string): Promise<IncidentOutcome> {
    return this.#about(id, actor, (_incident, book, by) => {
      const fresh = book.split(id, anomalyIds, by);
      const why = `Incident ${id} has none of these anomalies, or no others.`;
      return fresh === undefined ? { kind: 'refused', why } : done(fresh);
    });
  }

  #remark(id: string, fact: Extract<IncidentFact, { kind: 'note' | 'task' }>, actor: string): Promise<IncidentOutcome> {
    return this.#aboutAny(id, actor, (incident, book, by) => {
      if (fact.kind === 'task' && incident.tasks.size >= MOST_TASKS && !incident.tasks.has(fact.task.id))
        return { kind: 'refused', why: `Incident ${id} has ${MOST_TASKS} tasks already.` };
      book.remark(id, fact, by);
      return done(incident);
    });
  }

  /** As `#about`; one that is over has left the book, and whoever has something to say of it brings it back. */
  async #aboutAny(id: string, actor: string, doing: Doing): Promise<IncidentOutcome> {
    const book = await this.#parts.book();
    if (book !== undefined && book.get(id) === undefined) await this.#recall(id);
    return this.#about(id, actor, doing);
  }

  /** Does it to an incident of the book, and waits until it is stored. */
  async #about(id: string, actor: string, doing: Doing): Promise<IncidentOutcome> {
    const book = await this.#parts.book();
    if (book === undefined) return { kind: 'unavailable', why: NOT_ACTIVE };
    const incident = book.get(id);
    const by = { atMs: this.#parts.clock.nowMs(), actor };
    const outcome: IncidentOutcome = incident === undefined ? { kind: 'unknown' } : doing(incident, book, by);
    const problem = await this.#parts.stored();
    return problem === '' ? outcome : { kind: 'unavailable', why: problem };
  }

  async #recall(id: string): Promise<void> {
    const events = await this.#parts.ledger.events(id);
    const past = new IncidentRecord(id, events[0]?.atMs ?? 0);
    for (const event of events) past.apply(event);
    // The book may be another one by now.
    if (events.length > 0 && past.mergedInto === '') (await this.#parts.book())?.revive(past);
  }
}

function done(incident: Incident): IncidentOutcome {
  return { kind: 'done', incident: summaryOf(incident) };
}
