import type { Anomaly, Border, Direction, EarlierFinding, Factor, Reason, Series } from '../model/anomaly.ts';
import { effectSizeOf, explain } from './explanation.ts';

/** A finding while it is open. */
export interface Finding {
  readonly id: string;
  readonly slot: number;
  /** Of the slot; the finding itself may be told as that of another measure. */
  readonly seriesId: string;
  readonly series: Series;
  readonly detectedAtMs: number;
  readonly startMs: number;
  border: Border;
  peakMs: number;
  endMs: number;
  stepMs: number;
  observed: number;
  expected: number;
  lower: number;
  upper: number;
  peakScore: number;
  /** How many others an instance was compared with. */
  peers?: number;
  /** Of the finding on a place whose side effect it is: not told by itself. */
  within?: string | undefined;
  /** Furthest from the expected level, for habituation. */
  peakDistance: number;
  direction: Direction;
  /** The time that was expected for, in words, where a season said so. */
  moment?: string | undefined;
  reasons: readonly Reason[];
  factors?: readonly Factor[];
  readonly earlier?: EarlierFinding;
  /** It reached the page border when the pages of the day were used up. */
  overBudget?: true;
  traces: string[];
  lines: string[];
  /** Steps since the start, quiet ones in a row, and steps without data in a row. */
  steps: number;
  quiet: number;
  missed: number;
  /** The last three steps, a bit each: at or above the page border. */
  pageBits: number;
  /** Peak and step of the last event sent. */
  sentScore: number;
  sentStep: number;
}

export function toAnomaly(finding: Finding, state: Anomaly['state'], version: string, sentence: string): Anomaly {
  const { id, series, border, startMs, peakMs, endMs, stepMs, observed, expected, lower, upper } = finding;
  const { factors = [], earlier } = finding;
  const effectSize = effectSizeOf(finding);
  const why = {
    ...(effectSize === undefined ? {} : { effectSize }),
    ...(factors.length === 0 ? {} : { factors }),
    ...(earlier === undefined ? {} : { earlier }),
  };
  const explanation = explain({ reasons: finding.reasons, ...why });
  const { peakScore, direction, reasons, traces, lines, detectedAtMs } = finding;
  return {
    ...{ id, series, state, border, startMs, peakMs, endMs, stepMs, observed, expected, lower, upper, peakScore },
    ...{ direction, reasons, exampleTraceIds: [...traces], exampleLines: [...lines] },
    ...why,
    ...(explanation === '' ? {} : { explanation }),
    ...{ detectorVersion: version, sentence, detectedAtMs },
  };
}
