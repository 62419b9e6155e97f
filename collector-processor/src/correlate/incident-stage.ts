import type { AnomalyEvent, Change } from '../model/anomaly.ts';
import type { Incident, IncidentEvent, IncidentFact, OutsideAlert, Task } from '../model/incident.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Counter } from '../runtime/self-metrics.ts';
import { waitAtMost } from '../runtime/wait-at-most.ts';
import { IncidentNews } from './incident-news.ts';
import { CauseWatch } from './incidents/cause-watch.ts';
import type { IncidentBook } from './incidents/incident-book.ts';
import { severities, severityOf, summaryOf } from './incidents/incident-facts.ts';
import { IncidentRecord } from './incidents/incident-record.ts';
import { allowedCommands, type CommandKind, type IncidentCommand } from './incidents/lifecycle.ts';
import { Progress } from './incidents/progress.ts';
import { readBook } from './incidents/read-book.ts';
import type { IncidentOutcome, IncidentStageParts } from './stage-parts.ts';

type By = { readonly atMs: number; readonly actor: string };
type Doing = (incident: Incident, book: IncidentBook, by: By) => IncidentOutcome;

const MOST_TASKS = 100;
const STOP_GRACE_MS = 2000;
const NOT_ACTIVE = 'This Sentinel is not the active one.';

/**
 * Turns findings, changes and alerts into incidents. Everything goes through one book in the order in which it comes; what
 * comes while the book is still read from the store waits for that. What nobody has told it of it learns with the next update.
 */
export class IncidentStage implements Service {
  readonly name = 'incidents';
  readonly #parts: IncidentStageParts;
  readonly #causes: CauseWatch;
  readonly #news: IncidentNews;
  readonly #overflow: Counter;
  readonly #unrecorded: Counter;
  readonly #faults: Counter;
  readonly #demoted: Counter;
  #book: IncidentBook | undefined;
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #progress = new Progress();
  #generation = 0;

  constructor(parts: IncidentStageParts) {
    const { metrics } = parts;
    this.#parts = parts;
    this.#causes = new CauseWatch(parts.view);
    const overflow = 'Findings that their incident had no room for; they are listed, but not in it.';
    this.#overflow = metrics.counter({ name: 'sentinel_incident_overflow_total', help: overflow });
    const unrecorded = 'Events of incidents that could not be stored.';
    this.#unrecorded = metrics.counter({ name: 'sentinel_incident_unrecorded_events_total', help: unrecorded });
    this.#news = new IncidentNews({ ...parts, unrecorded: this.#unrecorded });
    const faults = 'Faults while incidents were kept up to date or their causes ranked.';
    this.#faults = metrics.counter({ name: 'sentinel_incident_faults_total', help: faults });
    const demoted = 'Incidents that showed nothing but what earlier ones had shown.';
    this.#demoted = metrics.counter({ name: 'sentinel_incidents_demoted_total', help: demoted });
    const open = 'Incidents that are not closed.';
    for (const severity of severities) {
      const spec = { name: 'sentinel_incidents_open', help: open, labels: { severity } };
      metrics.gauge(spec, () => this.#book?.all().filter((one) => severityOf(one) === severity).length ?? 0);
    }
  }

  async start(): Promise<void> {
    await this.update();
    this.#timer = setInterval(() => void this.update(), this.#parts.options.interval);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.leave();
    // A store that is away keeps writes waiting until it is closed, which comes after this.
    await waitAtMost(this.#news.stored(), STOP_GRACE_MS, this.#parts.clock);
  }

  /** Another process writes the book from now on. */
  leave(): void {
    this.#generation++;
    this.#book = undefined;
    this.#reading = undefined;
  }

  anomaly(event: AnomalyEvent): void {
    this.#later((book) => book.anomaly(event, this.#parts.clock.nowMs()));
  }

  change(change: Change): void {
    this.#later((book) => book.change(change, this.#parts.clock.nowMs()));
  }

  alert(alert: OutsideAlert, tenant: string): void {
    this.#later((book) => book.alert(alert, tenant, this.#parts.clock.nowMs()));
  }

  /** Reads what is not over, once; then does what time brings by itself. Runs at each interval. */
  async update(): Promise<void> {
    if (!this.#parts.isActive()) return;
    this.#reading ??= this.#read();
    await this.#reading;
    this.#guarded((book) => {
      const nowMs = this.#parts.clock.nowMs();
      const followed = this.#parts.followed();
      book.reconcile(followed, nowMs);
      book.tick(nowMs);
      for (const summary of this.#progress.look(book.all(), followed)) this.#parts.onIncident(summary);
    });
    this.#rank(this.#parts.clock.nowMs());
  }

  configuration(): Readonly<Record<string, unknown>> {
    return { ...this.#parts.options };
  }

  allowed(incident: Pick<Incident, 'state' | 'mergedInto'>): readonly CommandKind[] {
    return allowedCommands(incident);
  }

  async command(id: string, command: IncidentCommand, actor: string): Promise<IncidentOutcome> {
    await this.#recall(id);
    return this.#about(id, actor, (incident, book, by) => {
      const outcome = book.command(id, command, by);
      return outcome?.kind === 'refused' ? outcome : done(incident);
    });
  }

  note(id: string, text: string, actor: string): Promise<IncidentOutcome> {
    return this.#remark(id, { kind: 'note', text }, actor);
  }

  async task(id: string, task: Task, actor: string): Promise<IncidentOutcome> {
    await this.#recall(id);
    const tasks = this.#book?.get(id)?.tasks;
    if (tasks !== undefined && tasks.size >= MOST_TASKS && !tasks.has(task.id))
      return { kind: 'refused', why: `Incident ${id} has ${MOST_TASKS} tasks already.` };
    return this.#remark(id, { kind: 'task', task }, actor);
  }

  merge(id: string, others: readonly string[], actor: string): Promise<IncidentOutcome> {
    return this.#about(id, actor, (incident, book, by) => {
      const missing = others.filter((other) => book.get(other)?.tenant !== incident.tenant);
      if (missing.length > 0) return { kind: 'refused', why: `There is no open incident ${missing.join(', ')}.` };
      book.merge(id, others, by);
      return done(incident);
    });
  }

  split(id: string, anomalyIds: readonly string[], actor: string): Promise<IncidentOutcome> {
    return this.#about(id, actor, (_incident, book, by) => {
      const fresh = book.split(id, anomalyIds, by);
      const why = `Incident ${id} has none of these anomalies, or no others.`;
      return fresh === undefined ? { kind: 'refused', why } : done(fresh);
    });
  }

  async #remark(
    id: string,
    fact: Extract<IncidentFact, { kind: 'note' | 'task' }>,
    actor: string,
  ): Promise<IncidentOutcome> {
    await this.#recall(id);
    return this.#about(id, actor, (incident, book, by) => {
      book.remark(id, fact, by);
      return done(incident);
    });
  }

  /** Does it to an incident of the book, and waits until it is stored. */
  async #about(id: string, actor: string, doing: Doing): Promise<IncidentOutcome> {
    await this.#reading;
    const book = this.#book;
    if (book === undefined) return { kind: 'unavailable', why: NOT_ACTIVE };
    const incident = book.get(id);
    const by = { atMs: this.#parts.clock.nowMs(), actor };
    const outcome: IncidentOutcome = incident === undefined ? { kind: 'unknown' } : doing(incident, book, by);
    const problem = await this.#news.stored();
    return problem === '' ? outcome : { kind: 'unavailable', why: problem };
  }

  /** One that is over has left the book; whoever has something to say of it brings it back. */
  async #recall(id: string): Promise<void> {
    if (this.#book?.get(id) !== undefined) return;
    const events = await this.#parts.ledger.events(id);
    const past = new IncidentRecord(id, events[0]?.atMs ?? 0);
    for (const event of events) past.apply(event);
    if (events.length > 0 && past.mergedInto === '') this.#guarded((book) => book.revive(past));
  }

  #rank(nowMs: number): void {
    for (const incident of this.#book?.all() ?? []) {
      try {
        const ranking = this.#causes.look(incident, nowMs);
        if (ranking === undefined) continue;
        this.#book?.explain(incident.id, ranking.causes, nowMs);
        this.#keep(incident.id, ranking.facts);
      } catch (error) {
        this.#faults.add(1);
        this.#parts.logger.error({ incident: incident.id, error: messageOf(error) }, 'Causes could not be ranked.');
      }
    }
  }

  /** For bundles; without it there is none, and nothing else is lost. */
  #keep(id: string, facts: unknown): void {
    const { ledger, clock } = this.#parts;
    ledger.keepCase(id, facts, clock.nowMs()).then(
      ({ kind }) => kind === 'failed' && this.#unrecorded.add(1),
      () => this.#unrecorded.add(1),
    );
  }

  #later(doing: (book: IncidentBook) => void): void {
    if (this.#book !== undefined) this.#guarded(doing);
    else void this.#reading?.then(() => this.#guarded(doing));
  }

  /** A fault in here costs an entry of a timeline, never telemetry, scores or the process. */
  #guarded(doing: (book: IncidentBook) => void): void {
    try {
      if (this.#book !== undefined) doing(this.#book);
    } catch (error) {
      this.#faults.add(1);
      this.#parts.logger.error({ error: messageOf(error) }, 'An incident could not be kept up to date.');
    }
  }

  async #read(): Promise<void> {
    const generation = ++this.#generation;
    try {
      const book = await readBook(this.#parts, {
        onEvent: (event, incident) => this.#happened(event, incident),
        onOverflow: () => this.#overflow.add(1),
      });
      // Meanwhile another process may have taken over.
      if (generation !== this.#generation) return;
      this.#book = book;
      this.#progress = new Progress();
    } catch (error) {
      this.#reading = undefined;
      this.#parts.logger.error(
        { error: messageOf(error) },
        'Open incidents could not be read; none are made until they are.',
      );
    }
  }

  #happened(event: IncidentEvent, incident: Incident): void {
    if (incident.state === 'closed') this.#causes.forget(incident.id);
    if (event.fact.kind === 'demoted') this.#demoted.add(1);
    this.#news.happened(event, incident);
  }
}

function done(incident: Incident): IncidentOutcome {
  return { kind: 'done', incident: summaryOf(incident) };
}
