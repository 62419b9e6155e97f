import { getTimeZone } from '@grafana/data';
import { useEffect, useRef, useState } from 'react';
import { Timeline, type TimelineProps } from './Timeline';

type Props = Pick<TimelineProps, 'events' | 'range' | 'smallestMs' | 'onRange'>;

/** Below this width lane names would take the room of the marks. */
const NAMES_FROM_PX = 480;

/** A timeline as wide as the page lets it be. */
export function MeasuredTimeline(props: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    const element = frame.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div ref={frame}>
      {width > 0 && (
        <Timeline
          {...props}
          whole={props.range}
          width={width}
          timeZone={getTimeZone()}
          showNames={width > NAMES_FROM_PX}
        />
      )}
    </div>
  );
}
