import type { Anomaly, Border } from '../../model/anomaly.ts';
import type { DaysLeft } from '../../model/forecast.ts';
import type { CapacitySeries } from './capacity-series.ts';
import { reasonOf } from './describe-forecast.ts';

/** What is kept of a finding while it is open. */
export interface OpenCapacityFinding {
  readonly id: string;
  readonly startMs: number;
  readonly detectedAtMs: number;
  border: Border;
  peakMs: number;
  peakScore: number;
  endMs: number;
  left: DaysLeft;
  /** It reached the border of a page when the pages of the day were used up. */
  overBudget?: true;
  /** Looks in a row that saw no shortage. */
  quiet: number;
  sentScore: number;
  sentMs: number;
}

export interface Horizons {
  /** Days. */
  readonly notice: number;
  readonly page: number;
}

/** Scores of time left: 1 at the horizon, `pageScore` at that of a page, and on as it gets less. */
export function scoreOfDays(days: number, { notice, page }: Horizons, pageScore: number): number {
  if (!(days <= notice)) return 0;
  if (days > page) return 1 + ((pageScore - 1) * (notice - days)) / (notice - page);
  return (pageScore * page) / Math.max(days, page / 100);
}

interface Told {
  readonly series: CapacitySeries;
  readonly finding: OpenCapacityFinding;
  readonly state: Anomaly['state'];
  readonly stepMs: number;
  readonly horizonDays: number;
  readonly version: string;
  readonly sentence: string;
}

/** Observed are the expected days left, the band is their interval, expected is the horizon. */
export function capacityAnomaly({ series, finding, state, stepMs, horizonDays, version, sentence }: Told): Anomaly {
  const { id, border, startMs, peakMs, endMs, peakScore, detectedAtMs, left } = finding;
  return {
    ...{ id, series: series.identity.series, state, border, startMs, peakMs, endMs, stepMs, peakScore, detectedAtMs },
    ...{ observed: left.expected, expected: horizonDays, lower: left.soonest, upper: left.latest, direction: 'down' },
    reasons: [{ detector: 'forecast', score: peakScore, agreed: true, text: reasonOf(series) }],
    ...{ exampleTraceIds: [], exampleLines: [], detectorVersion: version, sentence },
  };
}
