import type { Objective } from '../../model/slo.ts';
import { Z } from '../certainty.ts';
import { withWindow } from '../promql/parse-query.ts';
import { badEvents, type Span, totalEvents } from '../promql/shares.ts';
import { atLeastSlice, countable, type Events, SLICE_SERIES } from './countable.ts';
import type { RecordingRule } from './rule-file.ts';
import { labelsOfSlo } from './slo-labels.ts';
import { burnWindows, longWindows } from './tiers.ts';

export const ratioSeries = (window: Span): string => `slo:sli_error:ratio_rate${window.text}`;
export const badSeries = (window: Span): string => `slo:sli_bad:increase${window.text}`;
export const totalSeries = (window: Span): string => `slo:sli_total:increase${window.text}`;
export const lowerSeries = (window: Span): string => `slo:sli_error:ratio_lower${window.text}`;

/** What happens in one slice; evaluated once for each of them. */
export function sliceRules(objective: Objective): readonly RecordingRule[] {
  const { indicator } = objective;
  if (indicator.kind !== 'slices') return [];
  return [{ record: SLICE_SERIES, expr: indicator.bad, labels: labelsOfSlo(objective).labels }];
}

/** Events, bad events and their share over each window of the burn rates. */
export function sliRules(objective: Objective): readonly RecordingRule[] {
  const events = countable(objective);
  return burnWindows.flatMap((window) => {
    const rules = events === undefined ? shareRules(objective, window) : eventRules(objective, events, window);
    const { labels } = labelsOfSlo(objective);
    return rules.map(([record, expr]) => ({ record, expr, labels: { ...labels, sloth_window: window.text } }));
  });
}

function shareRules({ indicator }: Objective, window: Span): readonly (readonly [string, string])[] {
  if (indicator.kind !== 'share') return [];
  return [[ratioSeries(window), `clamp((${withWindow(indicator.bad.text, window.text)}), 0, 1)`]];
}

function eventRules(objective: Objective, events: Events, window: Span): readonly (readonly [string, string])[] {
  const { selector } = labelsOfSlo(objective);
  const over = atLeastSlice(window, objective);
  const total = `(${totalSeries(window)}${selector} > 0)`;
  const counts = [
    [badSeries(window), badEvents(events, over)],
    [totalSeries(window), totalEvents(events, over)],
    [ratioSeries(window), `clamp(${badSeries(window)}${selector} / ${total}, 0, 1)`],
  ] as const;
  if (!longWindows.includes(window)) return counts;
  return [...counts, [lowerSeries(window), wilsonLower(`${ratioSeries(window)}${selector}`, total)]];
}

/**
 * Lower end of the Wilson score interval of a share `p` of `n` events: with few events a high share says little, and one
 * event says next to nothing.
 */
export function wilsonLower(p: string, n: string): string {
  const z2 = Number((Z * Z).toPrecision(6));
  const spread = `sqrt(${p} * (1 - ${p}) / ${n} + ${z2 / 4} / ${n} ^ 2)`;
  return `(${p} + ${z2 / 2} / ${n} - ${Z} * ${spread}) / (1 + ${z2} / ${n})`;
}
