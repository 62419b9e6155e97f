import type { Indicator, Objective } from '../../model/slo.ts';
import type { Span } from '../promql/shares.ts';
import { sloMetrics } from '../slo-metrics.ts';
import { labelsOfSlo } from './slo-labels.ts';

export type Events = Extract<Indicator, { kind: 'events' }>;

/** What is recorded of each slice. */
export const SLICE_SERIES = 'slo:sli_slice:bad_ratio';

/** The indicator as one that counts events, or `undefined` where only a share is known. */
export function countable(objective: Objective): Events | undefined {
  const { indicator } = objective;
  const { selector } = labelsOfSlo(objective);
  const over = (text: string) => ({ text, counts: 'events' }) as const;
  switch (indicator.kind) {
    case 'events':
      return indicator;
    case 'share':
      return undefined;
    case 'slices':
      return {
        kind: 'events',
        outcome: 'bad',
        query: over(`sum without () (sum_over_time(${SLICE_SERIES}${selector}[{{.window}}]))`),
        total: over(`sum without () (count_over_time(${SLICE_SERIES}${selector}[{{.window}}]))`),
      };
    case 'requests':
      return {
        kind: 'events',
        outcome: 'bad',
        query: over(`sum without (instance, job) (increase(${sloMetrics.bad.name}${selector}[{{.window}}]))`),
        total: over(`sum without (instance, job) (increase(${sloMetrics.events.name}${selector}[{{.window}}]))`),
      };
  }
}

/** A window is no shorter than what it counts. */
export function atLeastSlice(window: Span, { indicator }: Objective): Span {
  if (indicator.kind !== 'slices' || indicator.sliceMs / 1000 <= window.seconds) return window;
  return { text: `${indicator.sliceMs}ms`, seconds: indicator.sliceMs / 1000 };
}
