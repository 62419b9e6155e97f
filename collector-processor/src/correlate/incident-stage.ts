import type { AnomalyEvent, Change } from '../model/anomaly.ts';
import type { Incident, IncidentEvent, OutsideAlert } from '../model/incident.ts';
import type { SloCrossing } from '../model/slo-crossing.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Counter } from '../runtime/self-metrics.ts';
import { waitAtMost } from '../runtime/wait-at-most.ts';
import { ruledNeighbourhood } from './graph/ruled-neighbourhood.ts';
import { ImpactWatch } from './impact/impact-watch.ts';
import { IncidentDesk, NOT_ACTIVE } from './incident-desk.ts';
import { IncidentNews } from './incident-news.ts';
import { CauseWatch } from './incidents/cause-watch.ts';
import { EarlierCauses } from './incidents/earlier-causes.ts';
import type { IncidentBook } from './incidents/incident-book.ts';
import { severities, severityOf, summaryOf } from './incidents/incident-facts.ts';
import { Progress } from './incidents/progress.ts';
import { readBook } from './incidents/read-book.ts';
import type { IncidentStageParts } from './stage-parts.ts';

const STOP_GRACE_MS = 2000;
/** What brought incidents about counts for so long. */
const EARLIER_MS = 30 * 86_400_000;

/**
 * Turns findings, changes and alerts into incidents. Everything goes through one book in the order in which it comes; what
 * comes while the book is still read from the store waits for that. What nobody has told it of it learns with the next update.
 */
export class IncidentStage implements Service {
  readonly name = 'incidents';
  /** What people do to incidents. */
  readonly desk: IncidentDesk;
  readonly #parts: IncidentStageParts;
  readonly #causes: CauseWatch;
  readonly #earlier = new EarlierCauses();
  readonly #impact: ImpactWatch;
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
    this.#causes = new CauseWatch(parts.view, this.#earlier);
    this.#impact = new ImpactWatch(parts.view, parts.harm);
    const overflow = 'Findings and alerts that there was no room for; findings are listed all the same.';
    this.#overflow = metrics.counter({ name: 'sentinel_incident_overflow_total', help: overflow });
    const unrecorded = 'Events of incidents that could not be stored.';
    this.#unrecorded = metrics.counter({ name: 'sentinel_incident_unrecorded_events_total', help: unrecorded });
    this.#news = new IncidentNews({ ...parts, unrecorded: this.#unrecorded });
    this.desk = new IncidentDesk({ ...parts, book: () => this.#present(), stored: () => this.#news.stored() });
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

  budget(crossing: SloCrossing): void {
    this.#later((book) => book.budget(crossing, this.#parts.clock.nowMs()));
  }

  change(change: Change): void {
    this.#later((book) => book.change(change, this.#parts.clock.nowMs()));
  }

  /** Told when the store has it: why it does not, '' when it does. */
  async alert(alert: OutsideAlert, tenant: string): Promise<string> {
    if ((await this.#present()) === undefined) return NOT_ACTIVE;
    this.#guarded((book) => book.alert(alert, tenant, this.#parts.clock.nowMs()));
    return this.#news.stored();
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
      for (const { incident, impact } of this.#impact.look(book.all(), nowMs))
        book.remark(incident.id, { kind: 'impact', impact }, { atMs: nowMs, actor: '' });
      for (const summary of this.#progress.look(book.all(), followed)) this.#parts.onIncident(summary);
    });
    this.#rank(this.#parts.clock.nowMs());
  }

  #rank(nowMs: number): void {
    for (const incident of this.#book?.all() ?? []) {
      try {
        const ranking = this.#causes.look(incident, nowMs);
        if (ranking === undefined) continue;
        this.#book?.remark(incident.id, { kind: 'causes', causes: ranking.causes }, { atMs: nowMs, actor: '' });
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

  /** The book once it is read; none while another process has it. */
  async #present(): Promise<IncidentBook | undefined> {
    await this.#reading;
    return this.#book;
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
      const { around, options } = this.#parts;
      const book = await readBook(
        { ...this.#parts, around: ruledNeighbourhood(around, options) },
        {
          onEvent: (event, incident) => this.#happened(event, incident),
          onOverflow: () => this.#overflow.add(1),
        },
      );
      const sinceMs = this.#parts.clock.nowMs() - EARLIER_MS;
      for (const one of await this.#parts.ledger.ended(sinceMs)) this.#earlier.add(one);
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

  #ended(incident: Incident): void {
    this.#causes.forget(incident.id);
    this.#impact.forget(incident.id);
    this.#earlier.add(summaryOf(incident));
  }

  #happened(event: IncidentEvent, incident: Incident): void {
    if (incident.state === 'closed') this.#ended(incident);
    if (event.fact.kind === 'demoted') this.#demoted.add(1);
    this.#news.happened(event, incident);
  }
}
