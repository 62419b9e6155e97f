import type { Anomaly } from '../../model/anomaly.ts';
import type { FindingCounts, Tuning, TuningEffect } from '../../model/tuning.ts';
import { tunedScore } from './tuned-score.ts';
import { Tunings } from './tunings.ts';

export interface FindingsQuestion {
  readonly before: readonly Tuning[];
  readonly after: readonly Tuning[];
  /** Stored findings that the rule may concern. */
  readonly findings: readonly Anomaly[];
  readonly pageScore: number;
}

/**
 * What rules would have done to stored findings, by their peaks: for what has no score in each step. A peak was scored by the
 * rules that acted then, which are taken for those that act now; what was not told then cannot be told by it.
 */
export function findingsEffect({ before, after, findings, pageScore }: FindingsQuestion): TuningEffect {
  const judges = { before: new Tunings(), after: new Tunings() };
  judges.before.apply(before);
  judges.after.apply(after);
  const concerned = findings.filter(
    ({ series, peakMs }) => judges.after.of(series, peakMs) !== judges.before.of(series, peakMs),
  );
  const counts = { before: { notices: 0, pages: 0 }, after: { notices: 0, pages: 0 } };
  for (const { series, peakMs, peakScore, border } of concerned) {
    const raw = peakScore * (judges.before.of(series, peakMs)?.threshold ?? 1);
    count(counts.before, peakScore >= 1, border === 'page');
    const score = tunedScore(raw, judges.after.of(series, peakMs));
    count(counts.after, score >= 1, border === 'page' && score >= pageScore);
  }
  const times = concerned.map(({ peakMs }) => peakMs);
  return {
    sources: concerned.length === 0 ? [] : ['findings'],
    fromMs: times.reduce((least, time) => Math.min(least, time), times[0] ?? 0),
    toMs: times.reduce((most, time) => Math.max(most, time), 0),
    series: new Set(concerned.map(({ series }) => series.id)).size,
    seriesLeftOut: 0,
    steps: concerned.length,
    isApproximate: true,
    ...counts,
  };
}

function count(total: { -readonly [Name in keyof FindingCounts]: number }, isTold: boolean, isPage: boolean): void {
  if (isTold) total.notices++;
  if (isTold && isPage) total.pages++;
}
