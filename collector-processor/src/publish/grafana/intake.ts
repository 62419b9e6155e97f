import type { Anomaly, AnomalyEvent, Change } from '../../model/anomaly.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { anomalyIntent } from './anomaly-intent.ts';
import { changeIntent } from './change-intent.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { RateCap } from './rate-cap.ts';
import type { Summary } from './summary.ts';
import { createTracked, type Tracked } from './tracked.ts';

/** A region that is still open grows by steps of at least this share of its length. */
const GROWTH_SHARE = 1 / 20;

interface IntakeParts {
  readonly options: Pick<GrafanaAnnotatorOptions, 'border' | 'changes' | 'editInterval' | 'maxTracked'>;
  readonly appPath: string;
  readonly mask: Mask;
  readonly writer: LedgerWriter;
  readonly caps: { readonly anomalies: RateCap; readonly changes: RateCap };
  readonly summaries: { readonly anomalies: Summary; readonly changes: Summary; readonly overdue: Summary };
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
}

export interface Intake {
  anomaly(event: AnomalyEvent): void;
  change(change: Change): void;
  /** Writes what is due into the ledger. Returns the monotonic time at which the next is due. */
  flush(): Promise<number>;
  /** End so far of a region that is open. */
  shownEndMs(key: string): number | undefined;
}

/**
 * From events to the ledger. Only the newest state of each finding waits in memory, so a burst of updates is one edit; the
 * first state is due at once, later ones when the edit interval is over.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { options, writer, caps, summaries, clock } = parts;
  const waiting = new Map<string, Anomaly>();
  const changes: Change[] = [];
  const tracked = createTracked(options.maxTracked);
  const dropped = parts.metrics.counter({
    name: 'sentinel_grafana_events_dropped_total',
    help: 'Updates of findings that were not annotated because too many waited for the ledger.',
  });

  function summarise(summary: Summary, anomaly: Anomaly): void {
    const entry = { service: parts.mask(anomaly.series.service), startMs: anomaly.startMs, endMs: anomaly.endMs };
    summary.add(entry, { nowMs: clock.monotonicMs(), wallMs: clock.nowMs() });
  }

  async function write(anomaly: Anomaly): Promise<void> {
    const known = tracked.get(anomaly.id);
    const urgent = anomaly.border === 'page';
    const escalated = urgent && known?.border !== 'page';
    if (known?.drawn === false && !escalated) {
      if (anomaly.state === 'closed') tracked.delete(anomaly.id);
      return;
    }
    const intent = anomalyIntent(anomaly, parts);
    const record = await writer.find(intent.key);
    const drawn = record !== undefined || caps.anomalies.admit(clock.monotonicMs(), urgent);
    if (record !== undefined) await writer.change(record, intent);
    else if (drawn) await writer.intend(intent);
    else if (known === undefined) summarise(summaries.anomalies, anomaly);
    if (anomaly.state === 'closed') tracked.delete(anomaly.id);
    else tracked.set(intent.key, anomaly, { drawn, editedMs: clock.monotonicMs() });
  }

  async function flushAnomalies(): Promise<number> {
    let nextMs = Infinity;
    for (const [id, anomaly] of [...waiting]) {
      const atMs = dueMs(anomaly, tracked.get(id), options.editInterval);
      if (atMs > clock.monotonicMs()) {
        nextMs = Math.min(nextMs, atMs);
        continue;
      }
      await write(anomaly);
      // A newer state may have come meanwhile.
      if (waiting.get(id) === anomaly) waiting.delete(id);
    }
    return nextMs;
  }

  async function flushChanges(): Promise<void> {
    for (let change = changes[0]; change !== undefined; change = changes[0]) {
      const intent = changeIntent(change, parts);
      const seen = (await writer.find(intent.key)) !== undefined;
      if (!seen && caps.changes.admit(clock.monotonicMs(), false)) await writer.intend(intent);
      else if (!seen) summariseChange(change);
      changes.shift();
    }
  }

  function summariseChange({ service, timeMs }: Change): void {
    const entry = { service: parts.mask(service), startMs: timeMs, endMs: timeMs };
    summaries.changes.add(entry, { nowMs: clock.monotonicMs(), wallMs: clock.nowMs() });
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
    anomaly({ kind, anomaly }) {
      if (options.border === 'page' && anomaly.border !== 'page') return;
      if (waiting.size < options.maxTracked || waiting.has(anomaly.id)) waiting.set(anomaly.id, anomaly);
      else if (kind === 'opened') summarise(summaries.anomalies, anomaly);
      else dropped.add(1);
    },
    change(change) {
      if (!options.changes) return;
      if (changes.length < options.maxTracked) changes.push(change);
      else summariseChange(change);
    },
    async flush() {
      const anomalyMs = await flushAnomalies();
      await flushChanges();
      return Math.min(anomalyMs, await flushSummaries());
    },
    shownEndMs: (key) => tracked.endOf(key),
  };
}

function dueMs(anomaly: Anomaly, known: Tracked | undefined, editIntervalMs: number): number {
  if (known === undefined) return -Infinity;
  const grows = anomaly.state === 'open' && anomaly.border === known.border;
  const growthMs = grows ? (anomaly.endMs - anomaly.startMs) * GROWTH_SHARE : 0;
  return known.editedMs + Math.max(editIntervalMs, growthMs);
}
