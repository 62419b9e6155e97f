import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Width of an element in px; 0 until it is known. Pages follow their container, because Grafana's menu may be docked. */
export function useElementWidth(): readonly [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  // Known before the first drawing, so that a narrow page does not begin as a wide one.
  useLayoutEffect(() => setWidth(Math.floor(element.current?.clientWidth ?? 0)), []);
  useEffect(() => {
    if (element.current === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
