import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { markAt, type Mark } from './marks';
import { type TimeScale, toTime, zoomAround } from './time-scale';
import type { Span } from './timeline-event';
import type { VisibleLane } from './use-lanes';

export interface Found {
  readonly lane: VisibleLane;
  readonly mark: Mark;
}

interface Pointer {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly lanes: readonly VisibleLane[];
  readonly scale: TimeScale;
  readonly whole: Span;
  readonly smallestMs: number;
  readonly onRange: (range: Span | undefined) => void;
  readonly onHover: ((timeMs: number | undefined) => void) | undefined;
  readonly onPin: (found: Found | undefined) => void;
}

/** Shorter drags are clicks, px. */
const DRAG_FROM = 5;

/** Hovering shows, clicking pins, dragging zooms, a double click goes one step out, Ctrl or Cmd with the wheel zooms. */
export function useTimelinePointer({ area, lanes, scale, whole, smallestMs, onRange, onHover, onPin }: Pointer) {
  const [hovered, setHovered] = useState<Found>();
  const [cursorX, setCursorX] = useState<number>();
  const [dragFrom, setDragFrom] = useState<number>();

  function find({ x, y }: { x: number; y: number }): Found | undefined {
    const lane = lanes.find(({ top, height }) => y >= top && y < top + height);
    const mark = lane === undefined ? undefined : markAt(lane.marks, x, y - lane.top);
    return lane === undefined || mark === undefined ? undefined : { lane, mark };
  }

  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    wheel.current = (event) => {
      if (!event.ctrlKey && !event.metaKey) {
        return;
      }
      event.preventDefault();
      const at = toTime(scale, event.clientX - (area.current?.getBoundingClientRect().left ?? 0));
      onRange(zoomAround(scale, at, { factor: event.deltaY > 0 ? 1.25 : 0.8, smallestMs }));
    };
  });
  useEffect(() => {
    // React listens to the wheel passively: such a listener cannot keep the browser from zooming the page.
    const element = area.current;
    const listener = (event: WheelEvent) => wheel.current(event);
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, [area]);

  function onPointerMove(event: PointerEvent) {
    const place = placeOf(event);
    setCursorX(place.x);
    setHovered(find(place));
    onHover?.(toTime(scale, place.x));
  }

  function onPointerDown(event: PointerEvent) {
    if (event.button === 0) {
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragFrom(placeOf(event).x);
    }
  }

  function onPointerUp(event: PointerEvent) {
    const place = placeOf(event);
    const from = dragFrom;
    setDragFrom(undefined);
    if (from === undefined) {
      return;
    }
    if (Math.abs(place.x - from) < DRAG_FROM) {
      onPin(find(place));
      return;
    }
    const [left, right] = [toTime(scale, Math.min(from, place.x)), toTime(scale, Math.max(from, place.x))];
    onRange({ fromMs: left, toMs: Math.max(right, left + smallestMs) });
  }

  function onPointerLeave() {
    setHovered(undefined);
    setCursorX(undefined);
    setDragFrom(undefined);
    onHover?.(undefined);
  }

  function onDoubleClick() {
    const out = zoomAround(scale, (scale.fromMs + scale.toMs) / 2, { factor: 2, smallestMs });
    onRange(out.toMs - out.fromMs >= whole.toMs - whole.fromMs ? undefined : out);
  }

  const selection: readonly [number, number] | undefined =
    dragFrom === undefined || cursorX === undefined ? undefined : [dragFrom, cursorX];
  return {
    hovered,
    cursorX,
    selection,
    handlers: { onPointerMove, onPointerDown, onPointerUp, onPointerLeave, onDoubleClick },
  };
}

function placeOf(event: PointerEvent): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
