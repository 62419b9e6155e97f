import { DataHoverClearEvent, DataHoverEvent, type EventBus } from '@grafana/data';
import { useEffect, useState } from 'react';

/** The point of time that another panel of the dashboard points at. */
export function useCrosshair(eventBus: EventBus): number | undefined {
  const [timeMs, setTimeMs] = useState<number>();
  useEffect(() => {
    const hovers = eventBus.getStream(DataHoverEvent).subscribe(({ payload, origin }) => {
      const time: unknown = payload.point?.time;
      if (origin !== eventBus && typeof time === 'number') {
        setTimeMs(time);
      }
    });
    const clears = eventBus.getStream(DataHoverClearEvent).subscribe(() => setTimeMs(undefined));
    return () => {
      hovers.unsubscribe();
      clears.unsubscribe();
    };
  }, [eventBus]);
  return timeMs;
}
