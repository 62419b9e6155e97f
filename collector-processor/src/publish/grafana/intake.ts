import type { Change } from '../../model/anomaly.ts';
import type { IncidentSummary } from '../../model/incident.ts';
import type { SloCrossing } from '../../model/slo-crossing.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { AnnotationIntent } from './annotation-intent.ts';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { budgetIntent } from './budget-intent.ts';
import { changeIntent } from './change-intent.ts';
import { goesOn, incidentIntent, incidentKey, newsOf } from './incident-intent.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { RateCap } from './rate-cap.ts';
import type { Summary } from './summary.ts';
import { createTracked, type Tracked } from './tracked.ts';

/** A region that is still open grows by steps of at least this share of its length. */
const GROWTH_SHARE = 1 / 20;

/** What is drawn at one moment. */
interface Point {
  readonly kind: 'changes' | 'budgets';
  readonly service: string;
  readonly intent: AnnotationIntent;
}

interface IntakeParts {
  readonly options: Pick<GrafanaAnnotatorOptions, 'border' | 'budgets' | 'changes' | 'editInterval' | 'maxTracked'>;
  readonly appPath: string;
  readonly instanceId: string;
  readonly mask: Mask;
  readonly writer: LedgerWriter;
  readonly caps: { readonly incidents: RateCap; readonly changes: RateCap; readonly budgets: RateCap };
  readonly summaries: Readonly<Record<'incidents' | 'changes' | 'budgets' | 'overdue', Summary>>;
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
}

export interface Intake {
  incident(incident: IncidentSummary): void;
  change(change: Change): void;
  budget(crossing: SloCrossing): void;
  /** Writes what is due into the ledger. Returns the monotonic time at which the next is due. */
  flush(): Promise<number>;
  /** End so far of a region that is open. */
  shownEndMs(key: string): number | undefined;
}

/**
 * From incidents to the ledger. Only the newest state of each waits in memory, so a burst of news is one edit; the first
 * state is due at once, later ones when the edit interval is over.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { options, writer, caps, summaries, clock } = parts;
  const waiting = new Map<string, IncidentSummary>();
  const points: Point[] = [];
  const tracked = createTracked(options.maxTracked);
  const dropped = parts.metrics.counter({
    name: 'sentinel_grafana_events_dropped_total',
    help: 'News of incidents that were not annotated because too many waited for the ledger.',
  });

  function summarise(summary: Summary, entry: { service: string; startMs: number; endMs: number }): void {
    const { service, startMs, endMs } = entry;
    const time = { nowMs: clock.monotonicMs(), wallMs: clock.nowMs() };
    summary.add({ service: parts.mask(service), startMs, endMs }, time);
  }

  function summariseIncident({ services: [service = ''], startMs, endMs }: IncidentSummary): void {
    summarise(summaries.incidents, { service, startMs, endMs });
  }

  async function write(key: string, incident: IncidentSummary): Promise<void> {
    if (incident.mergedInto !== '') return withdraw(key);
    const known = tracked.get(key);
    const urgent = incident.severity !== 'minor';
    const isCountedOnly = known?.drawn === false && (known.urgent || !urgent);
    const drawn = isCountedOnly ? undefined : await draw(key, incident, known === undefined);
    if (incident.state === 'closed') tracked.delete(key);
    else if (drawn !== undefined) {
      const { endMs } = incident;
      tracked.set(key, { drawn, urgent, news: newsOf(incident), endMs, editedMs: clock.monotonicMs() });
    }
  }

  /** Whether it has a region of its own now; undefined while it is demoted. */
  async function draw(key: string, incident: IncidentSummary, isNew: boolean): Promise<boolean | undefined> {
    const record = await writer.find(key);
    if (record !== undefined) {
      await writer.change(record, incidentIntent(incident, parts));
      return true;
    }
    if (incident.demoted !== '') return undefined;
    const drawn = caps.incidents.admit(clock.monotonicMs(), incident.severity !== 'minor');
    if (drawn) await writer.intend(incidentIntent(incident, parts));
    else if (isNew) summariseIncident(incident);
    return drawn;
  }

  /** Of those that were merged only the one that took them keeps its region. */
  async function withdraw(key: string): Promise<void> {
    tracked.delete(key);
    const record = await writer.find(key);
    if (record !== undefined) await writer.withdraw(record);
  }

  async function flushIncidents(): Promise<number> {
    let nextMs = Infinity;
    for (const [key, incident] of [...waiting]) {
      const atMs = dueMs(incident, tracked.get(key), options.editInterval);
      if (atMs > clock.monotonicMs()) {
        nextMs = Math.min(nextMs, atMs);
        continue;
      }
      await write(key, incident);
      // A newer state may have come meanwhile.
      if (waiting.get(key) === incident) waiting.delete(key);
    }
    return nextMs;
  }

  /** Each is drawn once, as it is. */
  async function flushPoints(): Promise<void> {
    for (let point = points[0]; point !== undefined; point = points[0]) {
      const { kind, intent, service } = point;
      const seen = (await writer.find(intent.key)) !== undefined;
      if (!seen && caps[kind].admit(clock.monotonicMs(), false)) await writer.intend(intent);
      else if (!seen) summarisePoint(kind, service, intent.startMs);
      points.shift();
    }
  }

  function summarisePoint(kind: Point['kind'], service: string, timeMs: number): void {
    summarise(summaries[kind], { service, startMs: timeMs, endMs: timeMs });
  }

  function addPoint(point: Point): void {
    if (points.length < options.maxTracked) points.push(point);
    else summarisePoint(point.kind, point.service, point.intent.startMs);
  }

  async function flushSummaries(): Promise<number> {
    for (const summary of Object.values(summaries)) {
      const intent = summary.dueMs() <= clock.monotonicMs() ? summary.intent() : undefined;
      if (intent === undefined) continue;
      const record = await writer.find(intent.key);
      if (record === undefined) await writer.intend(intent);
      else await writer.change(record, intent);
      summary.written(clock.monotonicMs());
    }
    return Math.min(...Object.values(summaries).map((summary) => summary.dueMs()));
  }

  return {
    incident(incident) {
      const key = incidentKey(incident.id, parts.instanceId);
      if (options.border === 'page' && incident.severity === 'minor' && tracked.get(key) === undefined) return;
      if (waiting.size < options.maxTracked || waiting.has(key)) waiting.set(key, incident);
      else if (tracked.get(key) === undefined && goesOn(incident)) summariseIncident(incident);
      else dropped.add(1);
    },
    change(change) {
      if (!options.changes) return;
      addPoint({ kind: 'changes', service: change.service, intent: changeIntent(change, parts) });
    },
    budget(crossing) {
      if (!options.budgets) return;
      addPoint({ kind: 'budgets', service: crossing.service, intent: budgetIntent(crossing, parts) });
    },
    async flush() {
      const incidentMs = await flushIncidents();
      await flushPoints();
      return Math.min(incidentMs, await flushSummaries());
    },
    shownEndMs: (key) => tracked.get(key)?.endMs,
  };
}

function dueMs(incident: IncidentSummary, known: Tracked | undefined, editIntervalMs: number): number {
  if (known === undefined) return -Infinity;
  const grows = goesOn(incident) && newsOf(incident) === known.news;
  const growthMs = grows ? (incident.endMs - incident.startMs) * GROWTH_SHARE : 0;
  return known.editedMs + Math.max(editIntervalMs, growthMs);
}
