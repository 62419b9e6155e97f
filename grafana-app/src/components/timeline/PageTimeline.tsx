import { getTimeZone } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { nameWidths } from './LaneNames';
import { Strip } from './Strip';
import { Timeline, type TimelineProps } from './Timeline';
import type { TimelineEvent } from './timeline-event';

type Props = Pick<TimelineProps, 'events' | 'range' | 'whole' | 'width' | 'smallestMs' | 'onOpen' | 'onRange'>;

/** Below this width lane names would take the room of the marks. */
const NAMES_FROM_PX = 545;

/** A timeline with a strip of the whole range below, as wide as the page. */
export function PageTimeline(props: Props) {
  const { width } = props;
  const names = width >= NAMES_FROM_PX ? 'full' : 'icons';
  const timeZone = getTimeZone();
  return (
    <div>
      <Timeline {...props} timeZone={timeZone} names={names} density="automatic" showAxis opensAtOnce={false} />
      <EmptyLanes events={props.events} left={nameWidths[names]} />
      <Strip {...props} left={nameWidths[names]} width={Math.max(40, width - nameWidths[names])} timeZone={timeZone} />
    </div>
  );
}

interface EmptyLanesProps {
  readonly events: readonly TimelineEvent[];
  readonly left: number;
}

/** Lanes that are not drawn are named: that nothing was changed is an answer too. */
function EmptyLanes({ events, left }: EmptyLanesProps) {
  const present = new Set(events.map(({ lane }) => lane));
  const texts = [
    ['change', t('timeline.no-changes', 'No changes')],
    ['metric', t('timeline.no-metrics', 'Nothing odd in metrics')],
    ['log', t('timeline.no-logs', 'Nothing odd in logs')],
    ['trace', t('timeline.no-traces', 'Nothing odd in traces')],
  ].flatMap(([lane = '', text = '']) => (present.has(lane) ? [] : [text]));
  return texts.length === 0 ? null : (
    <div style={{ marginLeft: left }}>
      <Text color="secondary" variant="bodySmall">
        {`${texts.join('. ')}.`}
      </Text>
    </div>
  );
}
