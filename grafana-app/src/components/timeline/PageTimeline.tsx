import { getTimeZone } from '@grafana/data';
import { nameWidths } from './LaneNames';
import { Strip } from './Strip';
import { Timeline, type TimelineProps } from './Timeline';

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
      <Strip {...props} left={nameWidths[names]} width={Math.max(40, width - nameWidths[names])} timeZone={timeZone} />
    </div>
  );
}
