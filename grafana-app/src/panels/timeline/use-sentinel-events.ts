import type { PanelProps } from '@grafana/data';
import { useMemo } from 'react';
import { readAnomalies } from '../../api/anomalies';
import { readChanges } from '../../api/changes';
import { usePolled } from '../../app/use-polled';
import type { TimelineEvent } from '../../components/timeline/timeline-event';
import { anomalyEvent, changeEvent } from '../../components/timeline/to-timeline-events';
import type { TimelineOptions } from './options';

/** Anomalies and changes of the panel's range through the app's proxy, and a sentence for when there is nothing to draw. */
export function useSentinelEvents({ options, timeRange, replaceVariables }: PanelProps<TimelineOptions>) {
  const from = timeRange.from.valueOf();
  const to = timeRange.to.valueOf();
  const service = replaceVariables(options.service, undefined, 'csv')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const key = JSON.stringify([from, to, service, options.showClosed]);
  const { state } = usePolled(key, async (abortSignal) => {
    const common = { from, to, service, limit: 500 };
    const open = options.showClosed ? {} : { state: 'open' as const };
    const [anomalies, changes] = await Promise.all([
      readAnomalies({ ...common, ...open, sort: '-peakScore' }, abortSignal),
      readChanges(common, abortSignal),
    ]);
    return { anomalies, changes };
  });
  const events = useMemo<TimelineEvent[]>(
    () =>
      state.kind === 'ready'
        ? [...state.data.anomalies.items.map(anomalyEvent), ...state.data.changes.items.map(changeEvent)]
        : [],
    [state],
  );
  return { events, sentence: sentences[state.kind] };
}

const sentences = {
  loading: 'Loading anomalies',
  failed: 'The sidecar cannot be reached',
  ready: 'No anomalies in this range',
} as const;
