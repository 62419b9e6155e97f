import type { PeerOptions } from './across/peers.ts';
import type { PlaceOptions } from './across/place-watch.ts';
import type { CalendarOptions } from './calendar/calendars.ts';
import type { ChangeMarks } from './change-marks.ts';
import type { DrillOptions } from './drills/drill-options.ts';
import type { ForecastOptions } from './forecast/forecast-options.ts';
import type { ShadowOptions } from './shadow/shadow-options.ts';
import type { WarmStartOptions } from './warm-start/warm-start.ts';

/** What the score stage is told. Durations in milliseconds. */
export interface ScoreOptions {
  readonly bucket: number;
  /** Buckets that a closed bucket waits for late items. */
  readonly lateBuckets: number;
  /** Buckets ahead of now that an item may claim. */
  readonly futureBuckets: number;
  readonly maxSeries: number;
  readonly maxStreams: number;
  readonly maxHistogramCounts: number;
  /** A series not seen for this long may give its place to another. */
  readonly idleAfter: number;
  readonly learningSteps: number;
  readonly noticeSurprise: number;
  readonly pageScore: number;
  /** Detectors, and questions, that are not asked. */
  readonly without: readonly string[];
  readonly pageSteps: number;
  readonly maxPagesPerDay: number;
  readonly changes: ChangeMarks;
  readonly chanceNoticesPerDay: number;
  /** Events behind a verdict on latency or failures, and failures behind one on failures. */
  readonly minEvents: number;
  readonly minFailures: number;
  readonly silentSteps: number;
  /** Over which failures too seldom for a step are added up. */
  readonly trickleWindow: number;
  readonly newNormalAfter: number;
  readonly maxOpenAnomalies: number;
  readonly maxOpenPerService: number;
  readonly maxPublishedSeries: number;
  readonly history: { readonly points: number; readonly series: number };
  readonly maxOperations: number;
  /** Spans of open buckets that wait for their parents and children. */
  readonly maxPairedSpans: number;
  /** Traces whose log lines are counted at once. */
  readonly maxWatchedTraces: number;
  readonly maxLinks: number;
  readonly maxTemplates: number;
  readonly maxTemplatesPerService: number;
  /** New kinds of lines of one service in one bucket. */
  readonly maxNewTemplates: number;
  readonly maxRemembered: number;
  readonly rememberFor: number;
  /** Share of one core that scoring may take. */
  readonly cpuShare: number;
  readonly peers: PeerOptions;
  readonly places: PlaceOptions;
  readonly calendar: CalendarOptions;
  readonly forecast: ForecastOptions;
  readonly warmStart: WarmStartOptions;
  readonly drills: DrillOptions;
  readonly shadow: ShadowOptions;
  readonly snapshot: { readonly path: string; readonly interval: number };
}
