import type { Series } from './anomaly.ts';
import type { Tuning } from './tuning.ts';

/** What a configuration says of verdicts. */
export interface ShadowSettings {
  readonly noticeSurprise: number;
  readonly pageScore: number;
  /** Detectors, and questions, that are not asked. */
  readonly without: readonly string[];
  readonly rules: readonly Tuning[];
}

/** Where a finding of the shadow was: on a series that has a live finding, on a service that has one, or by itself. */
export type Beside = 'series' | 'service' | 'alone';

/** Something that one of the two configurations told and the other did not, or that both did. */
export interface ShadowNote {
  /** `missed`: live told of it, the shadow would not have. */
  readonly kind: 'raised' | 'missed';
  readonly series: Series;
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly isOpen: boolean;
  /** Of the shadow; of the live finding where it missed one. */
  readonly peakScore: number;
  readonly isPage: boolean;
  readonly beside: Beside;
  /** The live finding that was missed. */
  readonly anomalyId?: string;
}

/** What a second configuration would have told since `sinceMs`, on the series that are compared. */
export interface ShadowReport {
  readonly sinceMs: number;
  readonly settings: ShadowSettings;
  readonly live: ShadowSettings;
  /** It judges the scores of the live detectors; otherwise it has a copy of them that learns by itself. */
  readonly sharesScores: boolean;
  readonly series: number;
  /** Series that found no place among those that are compared. */
  readonly seriesLeftOut: number;
  readonly steps: number;
  readonly raised: number;
  readonly pages: number;
  readonly besideSeries: number;
  readonly besideService: number;
  readonly alone: number;
  /** Live findings on the same series that are over, and those of them that the shadow did not raise. */
  readonly liveRaised: number;
  readonly missed: number;
  /** Newest first. */
  readonly notes: readonly ShadowNote[];
}
