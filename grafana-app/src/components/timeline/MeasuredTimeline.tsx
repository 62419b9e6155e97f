import { getTimeZone } from '@grafana/data';
import { useElementWidth } from '../use-element-width';
import { nameWidths } from './LaneNames';
import { Strip } from './Strip';
import { Timeline, type TimelineProps } from './Timeline';

type Props = Pick<TimelineProps, 'events' | 'range' | 'whole' | 'smallestMs' | 'onOpen' | 'onRange'>;

/** Below this width lane names would take the room of the marks. */
const NAMES_FROM_PX = 545;

/** A timeline as wide as the page lets it be, with a strip of the whole range below. */
export function MeasuredTimeline(props: Props) {
  const [frame, width] = useElementWidth();
  const names = width >= NAMES_FROM_PX ? 'full' : 'icons';
  const timeZone = getTimeZone();
  return (
    <div ref={frame}>
      {width > 0 && (
        <>
          <Timeline
            {...props}
            width={width}
            timeZone={timeZone}
            names={names}
            density="automatic"
            showAxis
            opensAtOnce={false}
          />
          <Strip
            {...props}
            left={nameWidths[names]}
            width={Math.max(40, width - nameWidths[names])}
            timeZone={timeZone}
          />
        </>
      )}
    </div>
  );
}
