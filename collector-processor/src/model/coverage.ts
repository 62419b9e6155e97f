import type { HistoryState } from './history.ts';

/** A day, a week, or a cycle that was found: what a series does in the course of it. */
export interface LearnedSeason {
  readonly periodMs: number;
  /** `used`: it explains the series; `unused`: it explains nothing of it. */
  readonly state: 'learning' | 'used' | 'unused';
  /** When it has seen enough, at the latest. */
  readonly knownAtMs?: number;
  /** Share of the error without it that is gone with it. */
  readonly explained?: number;
}

/** Since when a series has learned, and what it still has to wait for. Times are event time, milliseconds since the epoch. */
export interface Learning {
  readonly sinceMs: number;
  /** When judging starts; absent when it has. */
  readonly readyAtMs?: number;
  /** When it knows what is usual at a time of the day, and of the week; absent when it does, or has none. */
  readonly dayKnownAtMs?: number;
  readonly weekKnownAtMs?: number;
  /** The seasons of series that are numbers. */
  readonly seasons?: readonly LearnedSeason[];
  /** What became of its history in the metrics store; absent where none is asked for. */
  readonly history?: HistoryState;
}

/** Whether a series is watched, and if not, why (design: coverage). */
export type CoverageState = 'scored' | 'learning' | 'silent' | 'evicted' | 'unsuitable';

export interface CoverageEntry {
  readonly seriesId: string;
  readonly title: string;
  readonly service: string;
  readonly state: CoverageState;
  /** `full`: by all detectors; `light`: by mean and spread only. Absent for what is not watched. */
  readonly tier?: 'full' | 'light';
  /** Streams that it stands for, of the light tier. */
  readonly streams?: number;
  /** A sentence. */
  readonly why: string;
  readonly sinceMs: number;
  /** When scoring starts, for learning series. */
  readonly readyAtMs?: number;
  readonly learning?: Learning;
}

export interface CoverageCounts {
  /** Of the full tier. */
  readonly scored: number;
  readonly learning: number;
  /** Their service, or they themselves, send nothing any more. */
  readonly silent?: number;
  readonly evicted: number;
  readonly unsuitable: number;
  /** When the last of the learning series is judged; absent when none is learning. */
  readonly learnedAtMs?: number;
  /** Metrics, operations and kinds of lines that were learned from history, and that wait for theirs. */
  readonly fromHistory?: number;
  readonly awaitingHistory?: number;
  /** Streams without a place of their own: only watched for being worth one. */
  readonly light?: number;
}
