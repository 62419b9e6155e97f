import type { AnomalyEvent, Change, ScoredBucket } from '../model/anomaly.ts';
import type { ReadItemAttributes, TelemetryColumns } from '../model/columns.ts';
import type { Forecast } from '../model/forecast.ts';
import type { ReadHistory } from '../model/history.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Mask } from '../runtime/masking.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { Fleet } from './across/fleet.ts';
import { OnsetDesk } from './across/onset-desk.ts';
import { Peers } from './across/peers.ts';
import { PlaceWatch } from './across/place-watch.ts';
import { actingSettings } from './acting-settings.ts';
import { Admission } from './admission.ts';
import { BucketCloser } from './bucket-closer.ts';
import { BucketWindow } from './buckets/bucket-window.ts';
import { Frame } from './buckets/frame.ts';
import { Coverage } from './coverage.ts';
import { CrowdedServices } from './crowded-services.ts';
import { DerivedSubjects } from './derived-subjects.ts';
import { createDrills } from './drills/create-drills.ts';
import { EarlierFindings } from './earlier-findings.ts';
import { registerEngineGauges } from './engine-gauges.ts';
import { EventSeries } from './event-series.ts';
import { Examples } from './examples.ts';
import { Findings } from './findings.ts';
import { Forecaster } from './forecast/forecaster.ts';
import { History } from './history.ts';
import { createIntakeCounts } from './intake-counts.ts';
import { createLoadBudget } from './load-budget.ts';
import { createLineMemory, createLogReading } from './logs/log-reading.ts';
import { TraceShapes } from './logs/trace-shapes.ts';
import { LightKinds } from './metrics/light-kinds.ts';
import { PointIntake } from './metrics/point-intake.ts';
import type { ScoreOptions } from './options.ts';
import { ownWhy } from './own-telemetry.ts';
import { PageBudget } from './page-budget.ts';
import { Deliveries } from './presence/deliveries.ts';
import { RandomGaps } from './presence/random-gaps.ts';
import { ServiceSignals } from './presence/service-signals.ts';
import { ensembleVersion } from './registry.ts';
import { ResourceWatch } from './resource-watch.ts';
import { ScoreSelection } from './score-selection.ts';
import type { Detector } from './scorer.ts';
import { SeriesJudge } from './series-judge.ts';
import { createShadow } from './shadow/create-shadow.ts';
import { SkippedTelemetry } from './skipped.ts';
import { type Source, Sources } from './sources.ts';
import { SeriesStore } from './state/series-store.ts';
import { StreamStore } from './state/stream-store.ts';
import { SubjectStore } from './state/subject-store.ts';
import { ServiceLinks } from './traces/service-links.ts';
import { SpanIntake } from './traces/span-intake.ts';
import { SpanPairs } from './traces/span-pairs.ts';
import { Tunings } from './tuning/tunings.ts';
import { WarmStart } from './warm-start/warm-start.ts';
import { createWatches } from './watches.ts';

export interface EngineParts {
  readonly options: ScoreOptions;
  readonly detectors: readonly Detector[];
  readonly tunings?: Tunings | undefined;
  readonly readAttributes: ReadItemAttributes;
  readonly mask: Mask;
  readonly metrics: SelfMetrics;
  /** Event time that goes by, milliseconds since the epoch. */
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly onScores: (scores: readonly ScoredBucket[]) => void;
  readonly onAnomaly: (event: AnomalyEvent) => void;
  readonly onChange: (change: Change) => void;
  /** Where the past of a series can be read; without it everything is learned live. */
  readonly past?: { readonly read: ReadHistory; readonly clock: Clock } | undefined;
  readonly onForecasts?: (forecasts: readonly Forecast[]) => void;
}

/** A resource that nothing was heard of for so long gives its place away. */
const DAY_MS = 86_400_000;

const ownTitles = {
  traces: 'Spans of this Sentinel',
  metrics: 'Metrics of this Sentinel',
  logs: 'Log records of this Sentinel',
} as const;

/** The score stage without time of its own: columns are added up, and buckets closed when the caller says so. */
export function createEngine(parts: EngineParts) {
  const { detectors, metrics, nowMs, mask, newId, onScores, onAnomaly, onChange, readAttributes } = parts;
  const tunings = parts.tunings ?? new Tunings();
  const options = actingSettings(parts.options, detectors, tunings);
  const { bucket, maxSeries, learningSteps } = options;
  const series = new SeriesStore(detectors, options);
  const subjects = new SubjectStore(maxSeries, series);
  const streams = new StreamStore(options.maxStreams, options.maxHistogramCounts);
  const lightKinds = new LightKinds(streams, nowMs);
  const window = new BucketWindow({ ...options, maxSubjects: maxSeries }, nowMs());
  const counts = createIntakeCounts(metrics);
  const budget = createLoadBudget(options, metrics);
  const skipped = new SkippedTelemetry(nowMs);
  const { maxOperations, maxStreams, idleAfter: idleMs } = options;
  const crowded = new CrowdedServices({ maxOperations, maxSeries, maxStreams, idleMs, metrics, nowMs });
  const services = new ServiceSignals(subjects, series, options.silentSteps);
  const deliveries = subjects.watch(new Deliveries(maxSeries));
  const gaps = subjects.watch(new RandomGaps(maxSeries));
  const newestClosed = (): number => window.firstOpen - 1;
  const watched = { series, subjects, streams, services, newestClosed };
  const coverage = new Coverage({
    ...{ ...watched, lightKinds, skipped, crowded, learningSteps, bucketMs: bucket, nowMs },
    historyOf: (subject) => warmStart?.stateOf(subject),
    heldOnsets: () => onsets.held.tell(nowMs()),
    historyCounts: () => warmStart?.counts(),
  });
  const history = new History(options.history);
  const idleBuckets = Math.ceil(options.idleAfter / bucket);
  const onEvicted = coverage.noteEviction;
  const admission = new Admission({ subjects, counts, idleBuckets, mask, onEvicted, deliveries, crowded });
  const memory = createLineMemory(options, metrics);
  const { lines, novelty } = memory;
  const fleet = new Fleet({ maxInstances: options.peers.maxInstances, idleBuckets, mask, metrics });
  const peers = new Peers({ options, fleet, subjects, metrics });
  subjects.watch(peers.learning);
  const shared = { subjects, window, admission, peers };
  const derived = new DerivedSubjects({ subjects, series, admission });
  const links = new ServiceLinks(subjects, options.maxLinks, nowMs);
  const pairs = new SpanPairs({ options, subjects, derived, links, metrics });
  const shapes = new TraceShapes({ ...options, learningBuckets: options.pageSteps, subjects, derived, metrics });
  const calls = { maxOperations, crowded, pairs, novelty, links, edgeSteps: options.pageSteps };
  const spans = new SpanIntake({ ...shared, ...calls, counts: counts.traces });
  const points = new PointIntake({
    ...{ ...shared, counts: counts.metrics, streams, readAttributes, idleMs },
    ...{ skipped, lightKinds, crowded },
  });
  const { logs, isMerged } = createLogReading({
    ...{ ...shared, options, memory, metrics, counts: counts.logs, idleBuckets, skipped, shapes },
  });
  const sources = new Sources();
  const resources = new ResourceWatch({ newId, onChange, marks: options.changes });
  const { changes } = resources;
  const examples = new Examples(subjects, lines, mask);
  const version = ensembleVersion(detectors);
  const pages = new PageBudget({ perDay: options.maxPagesPerDay, metrics });
  const earlier = new EarlierFindings();
  const telling = { pages, earlier, metrics, nowMs, newId, onAnomaly };
  const findings = new Findings({ options, version, series, subjects, examples, ...telling });
  const { maxPublishedSeries } = options;
  const selection = new ScoreSelection({ maxPublishedSeries, history, metrics, onScores });
  const judged = { detectors, options, findings, selection, tunings };
  const shadow = createShadow({ ...judged, series, subjects, nowMs, metrics });
  const drills = createDrills({ ...judged, nowMs, metrics });
  const onlookers = [shadow, drills].filter((one) => one !== undefined);
  const start = findings.start.bind(findings);
  const places = new PlaceWatch({ options, fleet, carriesOver: () => links.carriesOver(), findings, ...telling });
  const onsets = new OnsetDesk({ options, subjects, metrics, places, start });
  const judge = new SeriesJudge({ ...judged, onsets, onlookers });
  const events = new EventSeries({ subjects, series, derived, judge });
  const isOpen = (slot: number): boolean => findings.isOpen(slot) || onsets.isDue(slot);
  const { minEvents, silentSteps } = options;
  const { watches, ofSeries, kept: ofWatches } = createWatches({ options, subjects, series, events, isOpen, isMerged });
  const beside = { services, deliveries, gaps, events, derived, pairs, shapes, watches, ofSeries };
  const limits = { minEvents, silentSteps, learningSteps };
  const watching = { judge, budget, boundsOf: points.boundsOf, peers: peers.watch(events) };
  const closer = new BucketCloser({ subjects, series, window, ...beside, ...limits, ...watching });
  const { past } = parts;
  const warmStart =
    past === undefined
      ? undefined
      : new WarmStart({
          ...{
            detectors,
            options,
            judge,
            frame: new Frame(1),
            warmStart: options.warmStart,
            learningSteps,
            bucketMs: bucket,
          },
          ...{ series, subjects, findings, metrics, ...past },
        });
  const forecaster = new Forecaster({
    ...{ options: options.forecast, pageScore: options.pageScore, maxOpen: options.maxOpenAnomalies, idleMs: DAY_MS },
    ...{ ...telling, tunings, readAttributes, mask, onForecasts: parts.onForecasts ?? (() => undefined) },
  });
  registerEngineGauges(metrics, { series, streams, coverage, history, window, links, nowMs });

  function accept(columns: TelemetryColumns, tenant: string): void {
    const { items, unscored } = counts[columns.signal];
    items.add(columns.count + columns.skipped);
    unscored.skipped.add(columns.skipped);
    const now = nowMs();
    window.moveTo(now);
    admission.startCall(now);
    const from: Source[] = columns.resources.map((resource) => sources.of(resource, tenant));
    for (const source of from) {
      fleet.see(source, window.firstOpen);
      if (source.own)
        skipped.note({ tenant, service: source.resource.service, title: ownTitles[columns.signal], why: ownWhy });
      else resources.observe(source.resource, tenant, now);
    }
    if (columns.signal === 'traces') spans.accept(columns, from);
    else if (columns.signal === 'metrics') {
      points.accept(columns, from);
      forecaster.accept(columns, from);
    } else logs.accept(columns, from);
  }

  /** Leaves a batch out; the buckets it belongs to are not judged, since they would look too empty. */
  function leaveOut(columns: Pick<TelemetryColumns, 'signal' | 'count' | 'skipped'>): void {
    const { items, unscored } = counts[columns.signal];
    items.add(columns.count + columns.skipped);
    unscored.overload.add(columns.count + columns.skipped);
    window.spoil();
  }

  /** Closes the buckets that are due. Yields between slices of work. */
  function* close(): Generator<void> {
    const due = window.due(nowMs());
    try {
      for (const one of due) {
        selection.startBucket();
        yield* closer.close(one);
        onsets.decide((one + 1) * bucket);
        findings.age((one + 1) * bucket);
        selection.flush();
        window.release(one);
        fleet.forgetIdle(one);
        yield* forecaster.close((one + 1) * bucket);
      }
    } finally {
      // After a fault too: frames of closed buckets must not pile up.
      for (const one of due) window.release(one);
    }
  }

  /** Goes on at the present; the time since the last bucket was closed was not watched. */
  function passOver(): void {
    window.passOver(nowMs());
  }

  const kept = { deliveries, gaps, ...ofWatches, peers: peers.learning };
  const saved = Object.entries(kept).map(([name, { state: numbers }]) => ({ name, version: 1, state: numbers }));
  const learned = { series, subjects, findings, earlier, pages, changes, forecaster };
  const state = { ...learned, peers: peers.table, places, logs: memory, watches: saved, bucketMs: bucket, mask };
  const told = { coverage, findings, places, forecaster, warmStart, history, counts, links, resources };
  return { accept, leaveOut, close, passOver, budget, ...told, options, series, shadow, drills, state };
}
