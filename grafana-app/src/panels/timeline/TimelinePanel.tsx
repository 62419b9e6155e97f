import { DataHoverClearEvent, DataHoverEvent, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { Text } from '@grafana/ui';
import { Timeline } from '../../components/timeline/Timeline';
import { fromFrames } from './from-frames';
import type { TimelineOptions } from './options';
import { useSentinelEvents } from './use-sentinel-events';

/** Lanes of anomalies and changes over the dashboard's time range, from the sidecar or from frames. */
export function TimelinePanel(props: PanelProps<TimelineOptions>) {
  return props.options.source === 'query' ? <FromQuery {...props} /> : <FromSentinel {...props} />;
}

function FromQuery(props: PanelProps<TimelineOptions>) {
  const result = fromFrames(props.data.series);
  if (result.kind === 'unfit') {
    const message = `Timeline needs a time field and a text field named title. The query returned: ${result.returned.join(', ')}.`;
    return <PanelDataErrorView panelId={props.id} data={props.data} message={message} />;
  }
  return <Drawn {...props} events={result.events} />;
}

function FromSentinel(props: PanelProps<TimelineOptions>) {
  const { events, sentence } = useSentinelEvents(props);
  return events.length === 0 ? <Text color="secondary">{sentence}</Text> : <Drawn {...props} events={events} />;
}

type DrawnProps = PanelProps<TimelineOptions> & Pick<Parameters<typeof Timeline>[0], 'events'>;

function Drawn({ events, width, timeRange, timeZone, options, eventBus, onChangeTimeRange }: DrawnProps) {
  const range = { fromMs: timeRange.from.valueOf(), toMs: timeRange.to.valueOf() };
  return (
    <Timeline
      events={events}
      range={range}
      whole={range}
      width={width}
      timeZone={timeZone}
      smallestMs={3000}
      showNames={width >= 480}
      showAxis={options.showAxis}
      onRange={(chosen) => chosen && onChangeTimeRange({ from: chosen.fromMs, to: chosen.toMs })}
      onHover={(time) => {
        eventBus.publish(time === undefined ? new DataHoverClearEvent() : new DataHoverEvent({ point: { time } }));
      }}
    />
  );
}
