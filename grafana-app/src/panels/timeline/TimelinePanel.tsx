import type { PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { useMemo } from 'react';
import { unescaped } from '../../app/unescaped';
import { isKnownLane } from '../../components/timeline/lane';
import type { TimelineEvent } from '../../components/timeline/timeline-event';
import { DrawnTimeline } from './DrawnTimeline';
import { fromFrames } from './from-frames';
import type { TimelineOptions } from './options';
import { StateLine } from '../StateLine';
import { stateWords } from './state-words';
import { useSentinelEvents } from './use-sentinel-events';

/** Lanes of anomalies and changes over the dashboard's time range, from the sidecar or from frames. */
function TimelinePanel(props: PanelProps<TimelineOptions>) {
  return props.options.source === 'query' ? <FromQuery {...props} /> : <FromSentinel {...props} />;
}

function FromQuery(props: PanelProps<TimelineOptions>) {
  const { id, data, options, fieldConfig } = props;
  const result = useMemo(() => fromFrames(data.series), [data.series]);
  const events = useMemo(
    () => (result.kind === 'events' ? result.events.filter(fits(options)) : []),
    [result, options],
  );
  if (result.kind === 'unfit') {
    const message = t(
      'panel.timeline.unfit',
      'Timeline needs a time field and a text field named title. The query returned: {{fields}}.',
      { fields: result.returned.join(', '), interpolation: unescaped },
    );
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} message={message} />;
  }
  if (events.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} />;
  }
  return <DrawnTimeline {...props} events={events} />;
}

function FromSentinel(props: PanelProps<TimelineOptions>) {
  const state = useSentinelEvents(props);
  const { options } = props;
  const events = useMemo(
    () => (state.kind === 'ready' ? state.data.events.filter(fits(options)) : []),
    [state, options],
  );
  if (state.kind !== 'ready' || events.length === 0) {
    return <StateLine state={state} isEmpty={events.length === 0} words={stateWords()} />;
  }
  return <DrawnTimeline {...props} events={events} state={state} total={state.data.total} />;
}

function fits({ lanes, severity, showClosed }: TimelineOptions) {
  return (event: TimelineEvent): boolean =>
    isShown(event, lanes) &&
    (severity === 'all' || event.severity === '' || event.severity === severity) &&
    (showClosed || event.open || event.severity === '');
}

/** Lanes that a frame brings with it are always shown: the option cannot name them. */
function isShown({ lane }: TimelineEvent, lanes: TimelineOptions['lanes']): boolean {
  return lanes.includes(lane) || !isKnownLane(lane);
}

export default TimelinePanel;
