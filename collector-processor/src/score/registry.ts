import type { Measure } from '../model/anomaly.ts';
import { eventSurprise } from './event-surprise.ts';
import { newErrorType, newTemplate } from './logs/new-template.ts';
import { measureProfiles } from './measure-profile.ts';
import { briefPattern, longPattern } from './metrics/pattern.ts';
import { rangeRecord } from './metrics/range-record.ts';
import { restlessness } from './metrics/restlessness.ts';
import { robustDeviation } from './metrics/robust-deviation.ts';
import { season } from './metrics/season.ts';
import { seasonalDrift } from './metrics/seasonal-drift.ts';
import { silence } from './metrics/silence.ts';
import { suddenChange } from './metrics/sudden-change.ts';
import { briefDeviation, longDeviation } from './metrics/sustained-deviation.ts';
import type { Detector } from './scorer.ts';
import { failureShare } from './traces/failure-share.ts';

/** Every detector there is. Where several predict, the first one counts unless another forecasts clearly better. */
export const detectors: readonly Detector[] = [
  robustDeviation,
  suddenChange,
  season,
  seasonalDrift,
  briefDeviation,
  longDeviation,
  restlessness,
  rangeRecord,
  briefPattern,
  longPattern,
  failureShare,
  silence,
  newTemplate,
  newErrorType,
  eventSurprise,
];

/** Positions in `detectors` of those that judge a measure. */
export function detectorsOf(all: readonly Detector[]): ReadonlyMap<Measure, readonly number[]> {
  const measures = Object.keys(measureProfiles) as Measure[];
  return new Map(
    measures.map((measure) => [measure, [...all.keys()].filter((at) => all[at]?.measures.includes(measure))]),
  );
}

/** Most detectors that judge one measure. */
export function mostVoices(all: readonly Detector[]): number {
  return Math.max(...[...detectorsOf(all).values()].map((judges) => judges.length));
}

/** For each measure, which of its voices judge by what is usual at this time. */
export function seasonsOf(all: readonly Detector[]): ReadonlyMap<Measure, readonly number[]> {
  const seasonal = (at: number): boolean => all[at]?.seasonal === true;
  return new Map(
    [...detectorsOf(all)].map(([measure, judges]) => [
      measure,
      judges.flatMap((at, voice) => (seasonal(at) ? [voice] : [])),
    ]),
  );
}

/** The same where some are not asked. */
export function versionWithout(version: string, without: readonly string[]): string {
  return without.length === 0 ? version : `${version} without ${without.join(', ')}`;
}

/** Names what scored an anomaly; changes whenever a detector does. */
export function ensembleVersion(all: readonly Detector[]): string {
  return `ensemble-4.${all.reduce((sum, { version }) => sum + version, 0)}`;
}
