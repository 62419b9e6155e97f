import { DataHoverClearEvent, DataHoverEvent, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { ScrollContainer, Stack, Text } from '@grafana/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LoadState } from '../../app/load-state';
import { anomaliesPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { Timeline } from '../../components/timeline/Timeline';
import type { Span, TimelineEvent } from '../../components/timeline/timeline-event';
import { formatCount } from '../../grafana/format-value';
import { Legend } from './Legend';
import type { TimelineOptions } from './options';
import { StateLine } from '../StateLine';
import { stateWords } from './state-words';
import { TinyTimeline } from './TinyTimeline';
import { useCrosshair } from './use-crosshair';

interface Props extends PanelProps<TimelineOptions> {
  readonly events: readonly TimelineEvent[];
  /** Only when the sidecar is the source. */
  readonly state?: LoadState<{ readonly events: readonly unknown[] }>;
  readonly total?: number;
}

const rooms = { axis: 24, legend: 28, state: 30 } as const;
const SMALLEST_MS = 30_000;
/** A zoom by wheel reaches the dashboard, which asks all its sources anew, when it came to rest. */
const REST_MS = 300;

/** The timeline at the panel's size: a figure when tiny, lanes with icons when small, everything when large. */
export function DrawnTimeline(props: Props) {
  const { events, width, height, timeRange, timeZone, options, eventBus, onChangeTimeRange, state, total = 0 } = props;
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const range = useMemo(() => ({ fromMs: from, toMs: to }), [from, to]);
  const [zoom, setZoom] = useZoomInto(range, onChangeTimeRange);
  const cursorMs = useCrosshair(eventBus);
  if (width < 240 || height < 80) {
    return <TinyTimeline events={events} range={range} width={width} height={height} />;
  }
  const small = width < 480 || height < 200;
  const names = options.laneNames === 'automatic' ? (small ? 'icons' : 'full') : options.laneNames;
  const hasLegend = options.showLegend && !small;
  const anomalies = events.filter(({ lane }) => lane !== 'change').length;

  function open({ id, url, lane }: TimelineEvent) {
    if (url !== undefined) {
      locationService.push(url);
    } else if (state !== undefined && lane !== 'change') {
      const search = new URLSearchParams({ sel: id, state: 'all', from: String(from), to: String(to) });
      locationService.push(`${anomaliesPath}?${search.toString()}`);
    }
  }

  return (
    <ScrollContainer>
      <Stack direction="column" gap={0.5}>
        {state !== undefined && <StateLine state={state} isEmpty={false} words={stateWords()} />}
        <Timeline
          events={events}
          range={zoom}
          whole={range}
          width={width}
          timeZone={timeZone}
          smallestMs={SMALLEST_MS}
          names={names}
          density={options.density}
          fill={height - roomBeside(props, hasLegend)}
          showAxis={options.showAxis}
          opensAtOnce={options.clickOpens === 'details'}
          cursorMs={cursorMs}
          onOpen={open}
          onRange={(chosen) => chosen !== undefined && setZoom(chosen)}
          onHover={(time) => {
            eventBus.publish(time === undefined ? new DataHoverClearEvent() : new DataHoverEvent({ point: { time } }));
          }}
        />
        {hasLegend && <Legend events={events} />}
        {total > anomalies && anomalies >= options.maxEvents && (
          <Text color="secondary" variant="bodySmall">
            {t('incidents.strongest', 'Showing the {{shown}} strongest of {{total}} anomalies.', {
              shown: formatCount(anomalies),
              total: formatCount(total),
              interpolation: unescaped,
            })}
          </Text>
        )}
      </Stack>
    </ScrollContainer>
  );
}

/** What stands above and below the lanes, px. */
function roomBeside({ options, state }: Props, hasLegend: boolean): number {
  const isStale = state?.kind === 'ready' && state.stale;
  return (options.showAxis ? rooms.axis : 0) + (hasLegend ? rooms.legend : 0) + (isStale ? rooms.state : 0);
}

/** The range as it is drawn while a zoom has not reached the dashboard yet. */
function useZoomInto(range: Span, onChange: PanelProps['onChangeTimeRange']) {
  const [moving, setMoving] = useState<{ readonly over: Span; readonly span: Span }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function zoom(span: Span) {
    setMoving({ over: range, span });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange({ from: span.fromMs, to: span.toMs }), REST_MS);
  }
  return [moving?.over === range ? moving.span : range, zoom] as const;
}
