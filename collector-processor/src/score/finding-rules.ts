import type { Measure, Series } from '../model/anomaly.ts';
import type { Finding } from './finding.ts';
import type { MeasureProfile } from './measure-profile.ts';
import { serviceOf } from './presence/service-signals.ts';
import type { SeriesEntry, SeriesStore } from './state/series-store.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { kindTable } from './subject-kinds.ts';

/** Measures that tell the same story: one finding is enough. */
const families: readonly (readonly Measure[])[] = [['p50', 'p95', 'p99', 'mean']];

/** Whether another measure of the same subject already has a finding that says the same. */
export function sibling(
  { subject, measure }: SeriesEntry,
  subjects: SubjectStore,
  series: SeriesStore,
  isOpen: (slot: number) => boolean,
): boolean {
  const family = families.find((members) => members.includes(measure));
  if (family === undefined) return false;
  const { measures } = kindTable[subjects.kind[subject] as number] ?? { measures: [] };
  return measures.some((other, index) => {
    const slot = subjects.slotOf(subject, index);
    return other !== measure && family.includes(other) && series.get(slot) !== undefined && isOpen(slot);
  });
}

/** Measures of which a finding on the same service says the same, and more plainly. */
const plainer: Partial<Record<Measure, readonly Measure[]>> = {
  error_type_ratio: ['error_ratio'],
  odd_trace_share: ['severity_rate', 'template_rate', 'new_template', 'vanished', 'lines_per_call'],
  severity_share: ['severity_rate', 'template_rate', 'new_template'],
  lines_per_call: ['severity_rate', 'template_rate', 'new_template', 'vanished'],
};

/** Whether a finding on the same service says it already. */
export function isSaid(findings: Iterable<Pick<Finding, 'series'>>, told: Series): boolean {
  // Metrics of one service that stop together are one piece of news.
  if (told.measure === 'vanished' && told.metric !== undefined) return tellsMissing(findings, told);
  const by = plainer[told.measure];
  if (by === undefined) return told.measure === 'silence' && tellsSilence(findings, told);
  for (const { series } of findings) {
    if (by.includes(series.measure) && serviceOf(series) === serviceOf(told)) return true;
  }
  return false;
}

/** Whether one of the findings says already that nothing comes from this service. */
function tellsSilence(findings: Iterable<Pick<Finding, 'series'>>, told: Series): boolean {
  for (const { series } of findings) {
    if (series.measure === 'silence' && serviceOf(series) === serviceOf(told)) return true;
  }
  return false;
}

/** Whether one of the findings says that a metric of this service is missing. */
function tellsMissing(findings: Iterable<Pick<Finding, 'series'>>, told: Series): boolean {
  for (const { series } of findings) {
    const isMissing = series.measure === 'vanished' && series.metric !== undefined;
    if (isMissing && serviceOf(series) === serviceOf(told)) return true;
  }
  return false;
}

/** Where steps are long, a finding lasts at least so many of them before it is taken for the new normal. */
const NEW_NORMAL_STEPS = 24;

/** How long a finding may last before it is taken for the new normal, in milliseconds. */
export function patienceWith({ patience }: MeasureProfile, newNormalAfter: number, stepMs: number): number {
  return Math.max(NEW_NORMAL_STEPS * stepMs, newNormalAfter * patience);
}
