import { Value } from 'typebox/value';
import { resolveUnits } from '../../src/config/resolve.ts';
import { correlateSection } from '../../src/config/sections/correlate.ts';
import { ServiceGraph } from '../../src/correlate/graph/service-graph.ts';
import { IncidentStage } from '../../src/correlate/incident-stage.ts';
import type { CorrelateOptions, IncidentLedger } from '../../src/correlate/stage-parts.ts';
import type { Change } from '../../src/model/anomaly.ts';
import type { IncidentEvent } from '../../src/model/incident.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { type SettingSchema } from '../../src/runtime/yaml/setting-schema.ts';
import { keptSteps } from '../../src/score/score-history.ts';
import { restoreSnapshot, saveSnapshot } from '../../src/score/state/snapshot.ts';
import { telemetryView } from '../../src/wiring/telemetry-view.ts';
import { createPipeline, type Pipeline } from '../faults/pipeline.ts';

export interface Product extends Pick<Pipeline, 'take' | 'nowMs' | 'counted'> {
  /** Time goes on to here: buckets are closed and incidents looked after on the way. */
  moveTo(ms: number): Promise<void>;
  /** What the score stage has learned, to go on with. */
  learned(): Buffer;
  /** All that happened to incidents. */
  events(): readonly IncidentEvent[];
}

/** Decoder, score stage and incident stage with shipped settings, joined as the program joins them; time goes by as the caller says. */
export function createProduct(startMs: number, learned?: Buffer): Product {
  const written: unknown = Value.Default(correlateSection, {});
  const options = resolveUnits(correlateSection as SettingSchema, written) as CorrelateOptions;
  const metrics = createSelfMetrics();
  const events: IncidentEvent[] = [];
  const changes: Change[] = [];
  const pipeline: Pipeline = createPipeline(
    startMs,
    // How much may page in a day is no question here.
    { maxPagesPerDay: 0 },
    {
      anomaly: (event) => stage.anomaly(event),
      change(change) {
        changes.push(change);
        stage.change(change);
      },
    },
  );
  const { engine, nowMs } = pipeline;
  if (learned !== undefined) restoreSnapshot(engine.state, learned);
  const known = {
    series: (place: number) => engine.coverage.listings(place),
    steps: (seriesId: string) => keptSteps(engine.history.of(seriesId), engine.options.bucket),
    links: () => engine.links.all(),
    whereabouts: () => engine.resources.whereabouts.all(nowMs()),
  };
  const view = telemetryView(() => known, nowMs);
  const ledger: IncidentLedger = {
    record(event) {
      events.push(event);
      return Promise.resolve({ kind: 'stored' });
    },
    events: (id) => Promise.resolve(events.filter(({ incidentId }) => incidentId === id)),
    openEvents: () => Promise.resolve([]),
    endedEvents: () => Promise.resolve([]),
    ended: () => Promise.resolve([]),
    lastId: () => Promise.resolve(0),
    keepCase: () => Promise.resolve({ kind: 'stored' }),
    changesSince: (fromMs) => Promise.resolve(changes.filter(({ timeMs }) => timeMs >= fromMs)),
  };
  const stage = new IncidentStage({
    ...{ options, ledger, view, metrics, logger: silentLogger },
    around: new ServiceGraph({ links: view.links, whereabouts: view.whereabouts, nowMs }),
    followed: () => [...engine.findings.anomalies(), ...engine.places.anomalies()],
    harm: { budgetsSpent: () => [], failedVisitors: () => 0 },
    isActive: () => true,
    onIncident: () => undefined,
    clock: { ...systemClock, nowMs, monotonicMs: nowMs },
  });
  return {
    take: pipeline.take,
    nowMs,
    counted: (name) =>
      pipeline.counted(name) +
      metrics
        .samples()
        .filter((sample) => sample.name === name)
        .reduce((sum, { value }) => sum + value, 0),
    async moveTo(ms) {
      for (let at = nowMs(); at < ms;) {
        at = Math.min(ms, (Math.floor(at / options.interval) + 1) * options.interval);
        pipeline.moveTo(at);
        if (at % options.interval === 0) await stage.update();
      }
    },
    learned: () => Buffer.concat([...saveSnapshot(engine.state, nowMs())]),
    events: () => events,
  };
}
