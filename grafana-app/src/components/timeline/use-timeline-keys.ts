import { type KeyboardEvent, useState } from 'react';
import type { LaneId } from './lane';
import { markNearest } from './marks';
import { zoomAround } from './time-scale';
import type { Span } from './timeline-event';
import type { VisibleLane } from './use-lanes';

interface Chosen {
  readonly lane: LaneId;
  readonly timeMs: number;
}

interface Keys {
  readonly lanes: readonly VisibleLane[];
  readonly range: Span;
  readonly smallestMs: number;
  readonly onRange: (range: Span | undefined) => void;
  readonly onPin: (pinned: boolean) => void;
}

/** Where the keys are: remembered by lane and time, so that a zoom does not lose the place. */
export function useTimelineKeys({ lanes, range, smallestMs, onRange, onPin }: Keys) {
  const [chosen, setChosen] = useState<Chosen>();
  const laneIndex = lanes.findIndex(({ lane }) => lane === chosen?.lane);
  const marks = lanes[laneIndex]?.marks ?? [];
  const markIndex = chosen === undefined ? -1 : markNearest(marks, chosen.timeMs);
  const mark = marks[markIndex];

  function choose(lane: number, pick: (marks: VisibleLane['marks']) => number) {
    const target = lanes[Math.min(lanes.length - 1, Math.max(0, lane))];
    const found = target?.marks[Math.min(target.marks.length - 1, Math.max(0, pick(target.marks)))];
    if (target !== undefined && found !== undefined) {
      setChosen({ lane: target.lane, timeMs: (found.fromMs + found.toMs) / 2 });
    }
  }

  function move(step: number) {
    choose(Math.max(0, laneIndex), () => (mark === undefined ? 0 : markIndex + step));
  }

  function climb(step: number) {
    choose(laneIndex + step, (others) => (chosen === undefined ? 0 : markNearest(others, chosen.timeMs)));
  }

  function pan(share: number) {
    const by = (range.toMs - range.fromMs) * share;
    onRange({ fromMs: range.fromMs + by, toMs: range.toMs + by });
  }

  function zoom(factor: number) {
    const middle = mark === undefined ? (range.fromMs + range.toMs) / 2 : (mark.fromMs + mark.toMs) / 2;
    onRange(zoomAround(range, middle, { factor, smallestMs }));
  }

  function onKeyDown(event: KeyboardEvent) {
    const actions: Record<string, () => void> = {
      ArrowRight: () => (event.shiftKey ? pan(0.25) : move(1)),
      ArrowLeft: () => (event.shiftKey ? pan(-0.25) : move(-1)),
      ArrowDown: () => climb(1),
      ArrowUp: () => climb(-1),
      Enter: () => onPin(true),
      '+': () => zoom(0.5),
      '=': () => zoom(0.5),
      '-': () => zoom(2),
      Home: () => onRange(undefined),
      Escape: () => onPin(false),
    };
    const action = actions[event.key];
    if (action !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
  }

  const lane = lanes[laneIndex];
  const found = lane !== undefined && mark !== undefined ? { lane, mark } : undefined;
  return { chosen: found, onKeyDown, leave: () => setChosen(undefined) };
}
