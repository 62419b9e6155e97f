import type { Tuning } from '../../model/tuning.ts';

/** A second configuration beside the live one. */
export interface ShadowOptions {
  readonly enabled: boolean;
  /** Series that are compared. */
  readonly maxSeries: number;
  /** Shadow findings, and live ones that it would have missed, that are kept for the API. */
  readonly maxKept: number;
  /** 0: as live. */
  readonly noticeSurprise: number;
  readonly pageScore: number;
  /** All that is left out, not only what is beyond the live configuration. */
  readonly without: readonly string[];
  /** Whether the rules that act live hold here too. */
  readonly liveRules: boolean;
  /** Beside those; each takes the place of one for the same series and times. */
  readonly rules: readonly Tuning[];
}
