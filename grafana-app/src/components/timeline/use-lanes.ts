import { useMemo, useState } from 'react';
import { type Arrangement, arrange, countColumns, type Density, gatherPoints } from './arrange';
import { type LaneId, laneStyle, orderLanes } from './lane';
import { heightOf, type Mark, marksOf, stretched } from './marks';
import type { TimeScale } from './time-scale';
import { type LaneEvents, laneEvents, type Span, type TimelineEvent } from './timeline-event';

export interface VisibleLane {
  readonly lane: LaneId;
  readonly marks: readonly Mark[];
  /** From the top of the drawing, px. */
  readonly top: number;
  readonly height: number;
}

interface LanesQuestion {
  readonly events: readonly TimelineEvent[];
  readonly whole: Span;
  readonly scale: TimeScale;
  readonly density: Density;
  /** Height to be filled, px; lanes have their own height when absent. */
  readonly fill?: number | undefined;
}

/** Beyond this, bars would look like blocks. */
const STRETCH_AT_MOST = 2.5;

/** Events as lanes with marks for one zoom. Empty lanes are left out; sorting happens once for each set of events. */
export function useLanes({ events, whole, scale, density, fill = 0 }: LanesQuestion): readonly VisibleLane[] {
  const lanes = useMemo(() => orderLanes(events.map(({ lane }) => lane)).map((id) => laneEvents(id, events)), [events]);
  const tallest = useMemo(() => lanes.map((lane) => tallestColumn(lane, whole)), [lanes, whole]);
  // How each lane was drawn last: columns stay columns until there is room to spare.
  const [drawn, setDrawn] = useState({ key: '', as: new Map<LaneId, Arrangement['kind']>() });
  const arranged = useMemo(
    () => lanes.map((lane) => ({ lane, arrangement: arrangeLane(lane, scale, drawn.as.get(lane.lane), density) })),
    [lanes, scale, drawn, density],
  );
  const key = arranged.map(({ lane, arrangement }) => `${lane.lane}:${arrangement.kind}`).join();
  if (key !== drawn.key) {
    setDrawn({ key, as: new Map(arranged.map(({ lane, arrangement }) => [lane.lane, arrangement.kind])) });
  }
  return useMemo(() => {
    const natural = arranged.reduce((sum, { arrangement }) => sum + heightOf(arrangement), 0);
    const factor = Math.min(STRETCH_AT_MOST, Math.max(1, fill / Math.max(1, natural)));
    return arranged.reduce<VisibleLane[]>((above, { lane, arrangement }, index) => {
      const last = above.at(-1);
      const marks = marksOf(lane, arrangement, { scale, tallest: tallest[index] ?? 1 });
      const top = last === undefined ? 0 : last.top + last.height;
      const height = Math.floor(heightOf(arrangement) * factor);
      const drawn = factor === 1 ? marks : marks.map((mark) => stretched(mark, factor));
      return [...above, { lane: lane.lane, marks: drawn, top, height }];
    }, []);
  }, [arranged, scale, tallest, fill]);
}

function arrangeLane(
  lane: LaneEvents,
  scale: TimeScale,
  before: Arrangement['kind'] | undefined,
  density: Density,
): Arrangement {
  return laneStyle(lane.lane).gathers === 'points'
    ? gatherPoints(lane, scale)
    : arrange(lane, scale, { before, density });
}

function tallestColumn(lane: LaneEvents, whole: Span): number {
  return countColumns(lane, { ...whole, width: 1000 }).counts.reduce((most, count) => Math.max(most, count), 1);
}
