import type { Anomaly, Border, EarlierFinding } from '../../model/anomaly.ts';
import type { DaysLeft } from '../../model/forecast.ts';
import { formatNumber } from '../../model/units.ts';
import { earlierText } from '../explanation.ts';
import type { CapacitySeries } from './capacity-series.ts';
import { reasonOf } from './describe-forecast.ts';

/** What is kept of a finding while it is open. */
export interface OpenCapacityFinding {
  readonly id: string;
  readonly startMs: number;
  readonly detectedAtMs: number;
  /** The one before on the same resource. */
  readonly earlier?: EarlierFinding;
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
  const { id, border, startMs, peakMs, endMs, peakScore, detectedAtMs, left, earlier } = finding;
  const effectSize = horizonDays / left.expected;
  return {
    ...{ id, series: series.identity.series, state, border, startMs, peakMs, endMs, stepMs, peakScore, detectedAtMs },
    ...{ observed: left.expected, expected: horizonDays, lower: left.soonest, upper: left.latest, direction: 'down' },
    reasons: [{ detector: 'forecast', score: peakScore, agreed: true, text: reasonOf(series) }],
    ...(Number.isFinite(effectSize) ? { effectSize } : {}),
    ...(earlier === undefined ? {} : { earlier }),
    ...{ explanation: whySo(series, finding, horizonDays), detectorVersion: version, sentence },
    ...{ exampleTraceIds: [], exampleLines: [] },
  };
}

/** Why it is told, in one sentence. */
function whySo(series: CapacitySeries, { left, earlier }: OpenCapacityFinding, horizonDays: number): string {
  const { expected } = left;
  const horizon = `the horizon of ${formatNumber(horizonDays)} days`;
  const known = series.deadlineDays !== undefined;
  const parts = [
    known
      ? 'Its end is known, no detector has to agree'
      : 'Both windows of the forecast agree, the long one and its last third',
    expected > 0
      ? `it comes ${formatNumber(horizonDays / expected)} times as soon as ${horizon}`
      : 'it is there already',
    earlierText(earlier),
  ].filter((part) => part !== '');
  return `${parts.join('; ')}.`;
}
