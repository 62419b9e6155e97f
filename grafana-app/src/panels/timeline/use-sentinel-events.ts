import type { PanelProps } from '@grafana/data';
import { useMemo } from 'react';
import { readStrongest } from '../../api/anomalies';
import { readChanges } from '../../api/changes';
import type { LoadState } from '../../app/load-state';
import { usePolled } from '../../app/use-polled';
import type { TimelineEvent } from '../../components/timeline/timeline-event';
import { anomalyEvent, changeEvent } from '../../components/timeline/to-timeline-events';
import { namesOf } from '../names-of';
import { MOST_EVENTS, type TimelineOptions } from './options';

interface Sentinel {
  readonly events: readonly TimelineEvent[];
  /** How many anomalies there are, of which only the strongest are among the events. */
  readonly total: number;
}

/** Anomalies and changes of the panel's range through the app's proxy. */
export function useSentinelEvents(props: PanelProps<TimelineOptions>): LoadState<Sentinel> {
  const { options, timeRange, replaceVariables } = props;
  const from = timeRange.from.valueOf();
  const to = timeRange.to.valueOf();
  const service = namesOf(replaceVariables(options.service ?? '', undefined, 'csv'));
  const atMost = Math.min(MOST_EVENTS, Math.max(1, Math.floor(options.maxEvents) || MOST_EVENTS));
  const question = {
    from,
    to,
    service,
    ...(options.showClosed ? {} : { state: 'open' as const }),
    ...(options.severity === 'all'
      ? {}
      : { border: options.severity === 'major' ? ('page' as const) : ('notice' as const) }),
  };
  const { state } = usePolled(JSON.stringify([question, atMost]), async (abortSignal) => {
    const [anomalies, changes] = await Promise.all([
      readStrongest(question, atMost, abortSignal),
      readChanges({ from, to, service, limit: 500 }, abortSignal),
    ]);
    return { anomalies, changes };
  });
  return useMemo(() => {
    if (state.kind !== 'ready') {
      return state;
    }
    const { anomalies, changes } = state.data;
    const events = [...anomalies.items.map(anomalyEvent), ...changes.items.map(changeEvent)];
    return { ...state, data: { events, total: anomalies.total } };
  }, [state]);
}
