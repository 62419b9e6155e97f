import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Anomaly, AnomalyEvent, Change, ScoredBucket, Series } from '../model/anomaly.ts';
import type { ReadItemAttributes, TelemetryColumns } from '../model/columns.ts';
import type { CoverageCounts, CoverageEntry } from '../model/coverage.ts';
import type { DrillReport } from '../model/drill.ts';
import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import type { CapacityReport, Forecast, ForecastDetail, Supposition } from '../model/forecast.ts';
import type { ReadHistory } from '../model/history.ts';
import type { ServiceEdge, ServiceWhereabouts } from '../model/service-graph.ts';
import type { ServiceLink } from '../model/service-link.ts';
import type { ShadowReport } from '../model/shadow.ts';
import type { Signal } from '../model/signal.ts';
import type { TuningScope } from '../model/tuning.ts';
import type { Clock } from '../runtime/clock.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Mask } from '../runtime/masking.ts';
import type { SentRequest } from '../runtime/request-memory.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { createEventClock } from './buckets/event-clock.ts';
import type { Placed, SeriesListing } from './coverage.ts';
import { createEngine } from './engine.ts';
import { fillPast } from './forecast/forecast-past.ts';
import type { ScoreOptions } from './options.ts';
import { detectors } from './registry.ts';
import { Repeats } from './repeats.ts';
import { keptSteps, type KeptSteps, scoreHistory, type ScoreHistory, type TimeRange } from './score-history.ts';
import { createSnapshotKeeper } from './state/snapshot-keeper.ts';
import { storedSeries, type StoredScores, watchedSeries } from './tuning/stored-series.ts';
import type { Tunings } from './tuning/tunings.ts';

export interface ScoreStageParts {
  readonly options: ScoreOptions;
  /** Rules of people; they outlive a reload. */
  readonly tunings?: Tunings;
  readonly readAttributes: ReadItemAttributes;
  /** Applied to every name and line that is shown. */
  readonly mask: Mask;
  readonly clock: Clock;
  /** What scoring is charged in; default the monotonic clock, because whoever shares this thread waits that long. */
  readonly busyMs?: () => number;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly onScores: (scores: readonly ScoredBucket[]) => void;
  readonly onAnomaly: (event: AnomalyEvent) => void;
  readonly onChange: (change: Change) => void;
  readonly readHistory?: ReadHistory | undefined;
  readonly onForecasts: (forecasts: readonly Forecast[]) => void;
}

export interface ScoreStage extends Service {
  /** Step in which series are scored. */
  readonly bucketMs: number;
  /** The page border. */
  readonly pageScore: number;
  /**
   * Adds the columns to their buckets; they may be reused afterwards. Never waits, never scores. False when the budget is
   * used up and they were left out.
   */
  accept(columns: TelemetryColumns, request: Pick<ExportRequest, 'tenant'>): boolean;
  /** Items that nobody could hand over in time. */
  leftOut(signal: Signal, items: number): void;
  /** Whether this payload was scored before and its sender was not told so. */
  isRepeat(request: SentRequest): boolean;
  /** What the sender was told: what did not get through will come again, and is then not scored again. */
  settled(request: ExportRequest, outcome: ExportOutcome): void;
  /** The same for a request of another thread: it was scored, and its sender was not told that it got through. */
  unsettled(request: SentRequest): void;
  /** Findings that are open now, also those that a snapshot brought back. */
  openFindings(): readonly Anomaly[];
  traffic(signal: Signal): { readonly scored: number; readonly unscored: number };
  coverageCounts(): CoverageCounts;
  /** Limits that telemetry reaches, one sentence each; what is beyond them is watched less closely. */
  limits(): readonly string[];
  coverage(place: number): Iterable<Placed<CoverageEntry>>;
  series(place: number): Iterable<Placed<SeriesListing>>;
  /** The kept steps of one series; undefined where none are. */
  steps(seriesId: string): KeptSteps | undefined;
  /** Who calls whom. */
  links(): Iterable<ServiceLink>;
  /** How often, how well and how fast. */
  edges(): Iterable<ServiceEdge>;
  /** Where each service runs. */
  whereabouts(): Iterable<ServiceWhereabouts>;
  history(seriesId: string, range: TimeRange): ScoreHistory | undefined;
  /** Stored scores of the series in a scope, to try rules on. */
  stored(scope: TuningScope): StoredScores;
  /** Undefined when no such series is watched. */
  watched(seriesId: string): { readonly series: Series; readonly stepMs: number } | undefined;
  /** What a second configuration would have told; undefined without one. */
  shadow(): ShadowReport | undefined;
  /** What became of faults in copies of live series; undefined without any. */
  drills(): DrillReport | undefined;
  forecasts(place: number): Iterable<Placed<Forecast>>;
  forecast(seriesId: string, supposition: Supposition): ForecastDetail | undefined;
  /** Of a resource that no metric tells of, such as an error budget. */
  reportCapacity(report: CapacityReport): void;
}

/** Work between two turns of the event loop, in milliseconds. */
const SLICE_MS = 8;
/** How often a bucket's time is looked at, as a share of its length, and at most. */
const TICKS_PER_BUCKET = 10;
const MAX_TICK_MS = 250;

export function createScoreStage(parts: ScoreStageParts): ScoreStage {
  const { options, clock, logger, metrics } = parts;
  const busyMs = parts.busyMs ?? (() => clock.monotonicMs());
  const eventClock = createEventClock(clock);
  const newId = (): string => randomBytes(16).toString('hex');
  const past = parts.readHistory === undefined ? undefined : { read: parts.readHistory, clock };
  const engine = createEngine({ ...parts, past, detectors, nowMs: eventClock.nowMs, newId });
  const remembered = { maxRequests: options.maxRemembered, for: options.rememberFor };
  const repeats = new Repeats({ limits: remembered, clock, metrics });
  const keeper = createSnapshotKeeper({ options: options.snapshot, state: engine.state, clock, logger, metrics });
  const stopping = new AbortController();
  let isStarted = false;
  let running: Promise<unknown> = Promise.resolve();

  const faults = metrics.counter({
    name: 'sentinel_score_faults_total',
    help: 'Rounds of scoring that failed.',
  });

  /** Runs `work` in slices, each charged to the budget, letting the event loop breathe in between. */
  async function inSlices(work: Generator<void>): Promise<void> {
    let [started, busyBefore] = [clock.monotonicMs(), busyMs()];
    for (let step = work.next(); step.done !== true; step = work.next()) {
      if (clock.monotonicMs() - started < SLICE_MS) continue;
      engine.budget.charge(busyMs() - busyBefore);
      await nextTurn();
      [started, busyBefore] = [clock.monotonicMs(), busyMs()];
    }
    engine.budget.charge(busyMs() - busyBefore);
  }

  async function run(): Promise<void> {
    const tick = Math.min(MAX_TICK_MS, options.bucket / TICKS_PER_BUCKET);
    let renewed = clock.monotonicMs();
    while (!stopping.signal.aborted) {
      await clock.sleep(tick, stopping.signal);
      if (clock.monotonicMs() - renewed >= options.bucket) {
        engine.budget.renew();
        renewed = clock.monotonicMs();
      }
      try {
        await inSlices(engine.close());
        await keeper.saveIfDue();
      } catch (error) {
        faults.add(1);
        logger.error({ error: messageOf(error) }, 'A round of scoring failed; telemetry is forwarded all the same.');
      }
    }
  }

  /** Of series and of resources, in the background. */
  async function learnPast(signal: AbortSignal): Promise<void> {
    if (past === undefined || !options.warmStart.enabled) return;
    const { span, retryAfter } = options.warmStart;
    const { places } = engine.forecaster;
    await Promise.all([engine.warmStart?.run(signal), fillPast({ places, ...past, span, retryAfter }, signal)]);
  }

  return {
    name: 'score',
    bucketMs: options.bucket,
    get pageScore() {
      return engine.options.pageScore;
    },
    shadow: () => engine.shadow?.report(),
    drills: () => engine.drills?.report(),
    async start() {
      await keeper.restore();
      const past = learnPast(stopping.signal).catch((error: unknown) => {
        faults.add(1);
        logger.error({ error: messageOf(error) }, 'The past of series could not be learned.');
      });
      running = Promise.all([run(), past]);
      isStarted = true;
    },
    async stop() {
      stopping.abort();
      await running;
      // What has not read the old file must not be written over it.
      if (isStarted) await keeper.save();
    },
    accept(columns, { tenant }) {
      if (!engine.budget.open) {
        engine.leaveOut(columns);
        return false;
      }
      const busyBefore = busyMs();
      engine.accept(columns, tenant);
      engine.budget.charge(busyMs() - busyBefore);
      return true;
    },
    leftOut: (signal, items) => engine.leaveOut({ signal, count: items, skipped: 0 }),
    isRepeat: (request) => repeats.isRepeat(request),
    settled: (request, outcome) =>
      repeats.settled(request, outcome.kind === 'accepted' && request.abandoned?.aborted !== true),
    unsettled: (request) => repeats.settled(request, false),
    openFindings: () => [
      ...engine.findings.anomalies(),
      ...engine.places.anomalies(),
      ...engine.forecaster.findings.anomalies(),
    ],
    traffic: (signal) => engine.counts[signal].traffic(),
    coverageCounts: () => engine.coverage.counts(),
    limits: () => engine.coverage.limits(),
    coverage: (place) => engine.coverage.entries(place),
    series: (place) => engine.coverage.listings(place),
    steps: (seriesId) => keptSteps(engine.history.of(seriesId), options.bucket),
    links: () => engine.links.all(),
    edges: () => engine.links.edges(),
    whereabouts: () => engine.resources.whereabouts.all(clock.nowMs()),
    history: (seriesId, range) => scoreHistory(engine, seriesId, range),
    stored: (scope) => storedSeries(engine, scope),
    watched: (seriesId) => watchedSeries(engine.series, seriesId),
    forecasts: (place) => engine.forecaster.list(place),
    forecast: (seriesId, supposition) => engine.forecaster.detail(seriesId, supposition),
    reportCapacity: (report) => engine.forecaster.report(report),
  };
}
