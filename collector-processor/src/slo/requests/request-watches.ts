import type { Counts } from '../../model/slo-counts.ts';
import type { PlacedObjective } from '../../model/slo.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { labelsOfSlo } from '../rules/slo-labels.ts';
import { sloMetrics } from '../slo-metrics.ts';
import type { RequestWatch } from './request-tap.ts';

/** What an objective on requests is counted by, with the counters on which generated rules stand; none for others. */
export function requestWatches(
  objective: PlacedObjective,
  metrics: SelfMetrics,
  count: (timeMs: number, counts: Counts) => void,
): readonly RequestWatch[] {
  const { indicator } = objective;
  if (indicator.kind !== 'requests') return [];
  const { requests, bad } = indicator;
  const { own: labels } = labelsOfSlo(objective);
  const events = metrics.counter({ ...sloMetrics.events, labels });
  const badEvents = metrics.counter({ ...sloMetrics.bad, labels });
  return [
    {
      requests,
      bad,
      count(timeMs, counts) {
        events.add(counts.total);
        badEvents.add(counts.bad);
        count(timeMs, counts);
      },
    },
  ];
}
