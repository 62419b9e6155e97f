import type { AddressInfo } from 'node:net';
import { createApi } from './api/create-api.ts';
import { createDemoInjections } from './api/demo-injections.ts';
import type { ReloadOutcome } from './api/providers.ts';
import type { Settings } from './config/schema.ts';
import { createDecoder } from './decode/decoder.ts';
import { createBodyReaders } from './decode/reading/body-readers.ts';
import type { AnomalyEvent, Change } from './model/anomaly.ts';
import type { Clock } from './runtime/clock.ts';
import { messageOf } from './runtime/errors.ts';
import { createLifecycle } from './runtime/lifecycle.ts';
import type { Logger } from './runtime/logger.ts';
import { createLoopDelay } from './runtime/loop-delay.ts';
import { createOwnTelemetry } from './runtime/own-telemetry.ts';
import { createSelfMetrics, type MetricFamily } from './runtime/self-metrics.ts';
import { version } from './runtime/version.ts';
import { Tunings } from './score/tuning/tunings.ts';
import { openStore } from './store/open-store.ts';
import { createDutyGate } from './wiring/duty-gate.ts';
import { createFeedback } from './wiring/feedback/feedback-part.ts';
import type { Foundation } from './wiring/foundation.ts';
import { createGraphPublishing } from './wiring/graph-feed.ts';
import { createHarm } from './wiring/harm.ts';
import { createIncidents } from './wiring/incidents.ts';
import { mergeBackendStates } from './wiring/ingest/merge-backend-states.ts';
import { createThreadedIngest } from './wiring/ingest/threaded-ingest.ts';
import { createIntakeStages } from './wiring/intake-stages.ts';
import { createMaskPart } from './wiring/mask-part.ts';
import { createOrphanCloser } from './wiring/orphans.ts';
import { pipelineView } from './wiring/pipeline-view.ts';
import { createPlainIngest } from './wiring/plain-ingest.ts';
import { createPublishing } from './wiring/publishing.ts';
import { createReload, type Reread } from './wiring/reload.ts';
import { createScoring } from './wiring/scoring.ts';
import { createSlo } from './wiring/slo.ts';
import { createTranscodeAway } from './wiring/transcode-away.ts';

export interface AppParts {
  readonly settings: Settings;
  /** Reads the configuration again, for a reload. */
  readonly reread: () => Reread;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface App {
  /** Secret of the first admin token; only when the store is new. */
  readonly firstToken: string | undefined;
  /** Where OTLP is taken in. */
  addresses(): { readonly grpc?: AddressInfo; readonly http?: AddressInfo };
  reload(): Promise<ReloadOutcome>;
  /** What is measured of Sentinel itself, as `/metrics` shows it. */
  families(): readonly MetricFamily[];
  stop(): Promise<void>;
  /** The part that is being stopped. */
  stopping(): string | undefined;
}

/** Builds every stage, connects them and starts them: with `wiring/` the only place that knows them all. */
export async function startApp({ settings, reread, clock, logger }: AppParts): Promise<App> {
  const metrics = createSelfMetrics();
  const common = { clock, logger, metrics };
  const store = await openStore({ options: settings.store, takesDuty: true, ...common });
  const masking = createMaskPart(settings, metrics);
  const foundation: Foundation = { settings, store, mask: masking.mask, ...common };
  const decoder = createDecoder({ options: settings.decode, metrics });
  const readers = createBodyReaders({ options: settings.decode, ...common });
  const transcode = createTranscodeAway({
    read: (body) => readers.read(body),
    here: (signal, json) => decoder.transcode(signal, json),
  });
  const publishing = createPublishing(foundation, transcode);
  const { forwarder, findings, annotator } = publishing;

  const lost = metrics.counter({
    name: 'sentinel_store_lost_findings_total',
    help: 'Findings that were published but could not be stored.',
  });

  /** To everybody but the store. */
  function announce(event: AnomalyEvent): void {
    findings.current.anomaly(event);
    api.anomaly(event);
  }

  function tellAnomaly(event: AnomalyEvent): void {
    void store.anomalies.record(event).then(({ kind }) => kind === 'failed' && lost.add(1));
    incidents.current.anomaly(event);
    announce(event);
  }

  function tellPosted(change: Change): void {
    incidents.current.change(change);
    annotator.current.change(change);
    api.change(change);
  }

  const gate = createDutyGate({
    duty: store.duty,
    tell: {
      anomaly: tellAnomaly,
      change: (change) => {
        void store.changes.record(change);
        tellPosted(change);
      },
      scores: (buckets) => findings.current.scores(buckets),
      forecasts: (forecasts) => findings.current.forecasts(forecasts),
    },
    followed: () => score.current.openFindings(),
    anomalies: store.anomalies,
    changes: store.changes,
    closeOrphans: () => closeOrphans(),
    maxHeld: settings.store.queueSize,
    logger,
    metrics,
  });
  const tunings = new Tunings();
  const score = createScoring(foundation, decoder.attributes, { ...gate, tunings });
  const feedback = createFeedback(foundation, tunings, () => score.current);
  const slo = createSlo(foundation, () => [incidents.current, annotator.current, api]);
  const harm = createHarm(metrics, () => slo.part.current);
  const incidents = createIncidents(foundation, {
    score: () => score.current,
    harm: harm.view,
    onIncident(incident, event) {
      annotator.current.incident(incident);
      publishing.recorder.incident(incident);
      if (event !== undefined) api.incident(incident, event);
    },
  });
  const graph = createGraphPublishing(foundation, {
    score: () => score.current,
    sender: () => publishing.sender.current,
  });
  const stages = createIntakeStages({ decoder, readers, publishing, observe: harm.observe, score });
  const ingest =
    settings.receivers.otlp.workers === 0
      ? createPlainIngest({ settings, stages, ...common })
      : createThreadedIngest({
          settings,
          log: publishing.log,
          adopt: decoder.adopt,
          score: () => score.current,
          observe: stages.observe,
          ...common,
        });
  const parts = [
    masking.part,
    publishing.forwarder,
    publishing.sender,
    findings,
    annotator,
    score,
    incidents,
    slo.part,
    graph,
    feedback.archive,
    ingest.service,
  ];
  const closeOrphans = createOrphanCloser({
    anomalies: store.anomalies,
    followed: () => score.current.openFindings(),
    tell: announce,
  });
  const reload = createReload({ settings, reread, parts, settle: gate.settle, logger });

  const api = createApi({
    options: settings.api,
    stores: store,
    providers: {
      readiness: () => ingest.readiness(),
      troubles: () => (publishing.log?.backlog.trouble === undefined ? [] : [publishing.log.backlog.trouble]),
      coverageCounts: () => score.current.coverageCounts(),
      coverage: (place) => score.current.coverage(place),
      series: (place) => score.current.series(place),
      history: (seriesId, range) => score.current.history(seriesId, range),
      forecasts: (place) => score.current.forecasts(place),
      edges: () => score.current.edges(),
      whereabouts: () => score.current.whereabouts(),
      forecast: (seriesId, supposition) => score.current.forecast(seriesId, supposition),
      feedback: feedback.desk,
      shadow: feedback.shadow,
      slos: slo.desk,
      drills: () => score.current.drills(),
      pipeline: () =>
        pipelineView({
          traffic: ingest.traffic(),
          lastReceivedMs: ingest.lastReceivedMs(),
          bucketMs: score.current.bucketMs,
          addresses: ingest.addresses(),
          backends: mergeBackendStates([forwarder.current.backends(), ingest.backends()]),
          deadLetters: publishing.log?.deadLetters,
          limits: [...ingest.limits(), ...score.current.limits()],
          scoredItems: (signal) => score.current.traffic(signal),
        }),
      deadLetters: publishing.deadLetters,
      recordingOf: publishing.recorder.recordingOf,
      get incidents() {
        return incidents.current.desk;
      },
      injections: createDemoInjections({ file: settings.api.demoInjectionsFile, metrics }),
    },
    commands: {
      reload: reload.run,
      changePosted: tellPosted,
      alertPosted: (alert, tenant) => incidents.current.alert(alert, tenant),
    },
    ...common,
    metrics: ingest.metrics,
  });
  const closeStore = { name: 'store', start: () => Promise.resolve(), stop: () => store.close() };
  const ownTelemetry = createOwnTelemetry({ options: settings.telemetry, version, metrics: ingest.metrics });
  const orphans = { name: 'orphans', start: gate.start, stop: () => Promise.resolve() };
  const kept = publishing.log === undefined ? [closeStore] : [closeStore, publishing.log];
  const watches = [ownTelemetry, createLoopDelay(metrics, clock)];
  const stagesInOrder = [
    forwarder,
    publishing.sender,
    findings,
    score,
    slo.part,
    graph,
    incidents,
    orphans,
    annotator,
    readers,
    ingest.service,
  ];
  const reloading = { name: 'reload', start: () => Promise.resolve(), stop: reload.end };
  const services = [...kept, publishing.recorder, feedback.sync, api, ...stagesInOrder, ...watches, reloading];
  const lifecycle = createLifecycle(services, (name, error) => {
    logger.error({ part: name, error: messageOf(error) }, 'A part did not stop cleanly.');
  });
  await lifecycle.start();
  return {
    firstToken: (await store.tokens.createFirst())?.secret,
    addresses: () => ingest.addresses(),
    reload: () => reload.run(),
    families: () => ingest.metrics.families(),
    stop: lifecycle.stop,
    stopping: lifecycle.stopping,
  };
}
