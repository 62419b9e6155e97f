/** Whether a series is watched, and if not, why (design: coverage). */
export type CoverageState = 'scored' | 'learning' | 'silent' | 'evicted' | 'unsuitable';

export interface CoverageEntry {
  readonly seriesId: string;
  readonly title: string;
  readonly service: string;
  readonly state: CoverageState;
  /** A sentence. */
  readonly why: string;
  readonly sinceMs: number;
  /** When scoring starts, for learning series. */
  readonly readyAtMs?: number;
}

export interface CoverageCounts {
  readonly scored: number;
  readonly learning: number;
  /** Their service, or they themselves, send nothing any more. */
  readonly silent?: number;
  readonly evicted: number;
  readonly unsuitable: number;
  /** Streams without a place of their own: only watched for being worth one. */
  readonly light?: number;
}
