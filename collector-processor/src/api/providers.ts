import type { IncidentBundle } from '../contract/bundle.ts';
import type { DeadLetter, DeadLetterDetail } from '../contract/dead-letter.ts';
import type { IncidentCommand, IncidentSummary } from '../contract/incident.ts';
import type { Injection } from '../contract/injection.ts';
import type { Pipeline } from '../contract/pipeline.ts';
import type { Change, Series } from '../model/anomaly.ts';
import type { CoverageCounts, CoverageEntry, CoverageState, Learning } from '../model/coverage.ts';
import type { DrillReport } from '../model/drill.ts';
import type { Forecast, ForecastDetail, Supposition } from '../model/forecast.ts';
import type { OutsideAlert, Task } from '../model/incident.ts';
import type { ServiceEdge, ServiceWhereabouts } from '../model/service-graph.ts';
import type { FeedbackDesk } from './feedback-desk.ts';
import type { ShadowDesk } from './shadow-desk.ts';
import type { SloDesk } from './slo-desk.ts';

/** One element of a long list and its place in it. The place is what a page's cursor remembers. */
export interface Placed<Item> {
  readonly place: number;
  readonly item: Item;
}

export interface SeriesListing {
  readonly series: Series;
  /** A name to show. */
  readonly title: string;
  readonly state: CoverageState;
  readonly learning?: Learning;
  /** Last closed bucket, when there was one. */
  readonly last?: { readonly timeMs: number; readonly value: number; readonly score: number };
}

/** Columns of equal length, one entry a bucket, oldest first. NaN where there is no number. */
export interface ScoreHistory {
  readonly series: Series;
  readonly title: string;
  readonly stepMs: number;
  readonly timeMs: ArrayLike<number>;
  readonly value: ArrayLike<number>;
  readonly score: ArrayLike<number>;
  readonly expected: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What may be asked about, and done with, requests that a backend will not take. */
export interface DeadLetterDesk {
  /** Newest first. */
  list(): Iterable<Placed<DeadLetter>>;
  show(id: string): Promise<DeadLetterDetail | undefined>;
  /** As received; undefined when there is none of that id, or it cannot be read. */
  body(id: string): Promise<Uint8Array | undefined>;
  /** `to`: another backend than its own. `unfit`: that cannot take it, for the reason. */
  replay(
    id: string,
    to?: string,
  ): Promise<{
    readonly kind: 'delivered' | 'refused' | 'postponed' | 'unknown' | 'busy' | 'unfit';
    readonly reason?: string;
  }>;
  drop(id: string): Promise<'dropped' | 'unknown' | 'busy' | 'failed'>;
}

export type IncidentAnswer =
  | { readonly kind: 'done'; readonly incident: IncidentSummary }
  | { readonly kind: 'unknown' }
  /** Not in this state, or not without a reason. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Not by this process, or not now. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** Where people change incidents. Each resolves when the change is stored. */
export interface IncidentDesk {
  /** The settings by which incidents are made. */
  configuration(): Readonly<Record<string, unknown>>;
  allowed(incident: Pick<IncidentSummary, 'state' | 'mergedInto'>): readonly IncidentCommand['kind'][];
  command(id: string, command: IncidentCommand, actor: string): Promise<IncidentAnswer>;
  note(id: string, text: string, actor: string): Promise<IncidentAnswer>;
  /** Adds it, or takes the place of the one with its id. */
  task(id: string, task: Task, actor: string): Promise<IncidentAnswer>;
  merge(id: string, others: readonly string[], actor: string): Promise<IncidentAnswer>;
  /** Answers with the new incident. */
  split(id: string, anomalyIds: readonly string[], actor: string): Promise<IncidentAnswer>;
}

/**
 * Where the API reads what is not in the store. All are called on the thread that forwards telemetry and must be cheap:
 * lists are walked lazily, a few hundred elements at a time, and may change in between.
 */
export interface ApiProviders {
  /** What the sidecar waits for before it is ready; empty when it is. */
  readiness(): readonly string[];
  /** What is wrong while it goes on: a log that is full stops only what a backend will not take. */
  troubles(): readonly string[];
  coverageCounts(): CoverageCounts;
  /** From `place` on, in an order that stays. */
  coverage(place: number): Iterable<Placed<CoverageEntry>>;
  series(place: number): Iterable<Placed<SeriesListing>>;
  /** Undefined when there is no such series. */
  history(seriesId: string, range: TimeRange): ScoreHistory | undefined;
  forecasts(place: number): Iterable<Placed<Forecast>>;
  /** Undefined when there is no such resource. */
  forecast(seriesId: string, supposition: Supposition): ForecastDetail | undefined;
  edges(): Iterable<ServiceEdge>;
  whereabouts(): Iterable<ServiceWhereabouts>;
  readonly incidents: IncidentDesk;
  pipeline(): Omit<Pipeline, 'nowMs'>;
  readonly feedback: FeedbackDesk;
  readonly shadow: ShadowDesk;
  readonly slos: SloDesk;
  /** Undefined when no faults are rehearsed. */
  drills(): DrillReport | undefined;
  /** What was received before an incident opened, as files; undefined when it was not recorded. */
  recordingOf?(incidentId: string): Promise<IncidentBundle['recording']>;
  /** Absent without a write-ahead log. */
  readonly deadLetters?: DeadLetterDesk | undefined;
  /** Injected faults of the demo shop, newest first. */
  injections?(): readonly Injection[];
}

export type ReloadOutcome =
  | {
      readonly kind: 'reloaded';
      readonly restartNeeded: readonly string[];
      /** What else its effects are, a sentence each. */
      readonly notes: readonly string[];
    }
  /** The old configuration stays in use. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** What the API may set going. */
export interface ApiCommands {
  reload(): Promise<ReloadOutcome>;
  /** A change was posted and is stored: tell the other stages. */
  changePosted(change: Change): void;
  /** Somebody else raised an alert, or ended one. Why it could not be stored, '' when it is. */
  alertPosted(alert: OutsideAlert, tenant: string): Promise<string>;
}
