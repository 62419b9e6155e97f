import { type KeyboardEvent, useState } from 'react';
import type { Mark } from './marks';
import { zoomAround } from './time-scale';
import type { Span } from './timeline-event';
import type { VisibleLane } from './use-lanes';

export interface Chosen {
  readonly lane: number;
  readonly mark: number;
}

interface Keys {
  readonly lanes: readonly VisibleLane[];
  readonly range: Span;
  readonly smallestMs: number;
  readonly onRange: (range: Span | undefined) => void;
  readonly onPin: (mark: Mark | undefined) => void;
}

/** Arrow keys walk over marks and lanes, Enter pins, + and - zoom, Shift with arrows pans, Home shows everything, Esc unpins. */
export function useTimelineKeys({ lanes, range, smallestMs, onRange, onPin }: Keys) {
  const [chosen, setChosen] = useState<Chosen>();
  const mark = chosen === undefined ? undefined : lanes[chosen.lane]?.marks[chosen.mark];

  function move(lane: number, step: number) {
    const nextLane = Math.min(lanes.length - 1, Math.max(0, lane));
    const marks = lanes[nextLane]?.marks ?? [];
    const index = chosen === undefined ? 0 : chosen.mark + step;
    setChosen({ lane: nextLane, mark: Math.min(marks.length - 1, Math.max(0, index)) });
  }

  function pan(share: number) {
    const by = (range.toMs - range.fromMs) * share;
    onRange({ fromMs: range.fromMs + by, toMs: range.toMs + by });
  }

  function zoom(factor: number) {
    const middle = mark === undefined ? (range.fromMs + range.toMs) / 2 : (mark.fromMs + mark.toMs) / 2;
    onRange(zoomAround(range, middle, factor, smallestMs));
  }

  function onKeyDown(event: KeyboardEvent) {
    const lane = chosen?.lane ?? 0;
    const actions: Record<string, () => void> = {
      ArrowRight: () => (event.shiftKey ? pan(0.25) : move(lane, 1)),
      ArrowLeft: () => (event.shiftKey ? pan(-0.25) : move(lane, -1)),
      ArrowDown: () => move(lane + 1, 0),
      ArrowUp: () => move(lane - 1, 0),
      Enter: () => onPin(mark),
      '+': () => zoom(0.5),
      '-': () => zoom(2),
      Home: () => onRange(undefined),
      Escape: () => onPin(undefined),
    };
    const action = actions[event.key];
    if (action !== undefined) {
      event.preventDefault();
      action();
    }
  }

  return { mark, onKeyDown, leave: () => setChosen(undefined) };
}
