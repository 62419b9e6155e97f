import { useMemo, useState } from 'react';
import { type Arrangement, arrange, countColumns } from './arrange';
import { type LaneId, laneIds } from './lane';
import { type Mark, marksOf } from './marks';
import type { TimeScale } from './time-scale';
import { type LaneEvents, laneEvents, type Span, type TimelineEvent } from './timeline-event';

export interface VisibleLane {
  readonly lane: LaneId;
  readonly marks: readonly Mark[];
}

/** Events as lanes with marks for one zoom. Empty lanes are left out; sorting happens once for each set of events. */
export function useLanes(events: readonly TimelineEvent[], whole: Span, scale: TimeScale): readonly VisibleLane[] {
  const lanes = useMemo(
    () => laneIds.map((id) => laneEvents(id, events)).filter((lane) => lane.events.length > 0),
    [events],
  );
  const tallest = useMemo(() => lanes.map((lane) => tallestColumn(lane, whole)), [lanes, whole]);
  // How each lane was drawn last: columns stay columns until there is room to spare.
  const [drawn, setDrawn] = useState({ key: '', as: new Map<LaneId, Arrangement['kind']>() });
  const arranged = useMemo(
    () => lanes.map((lane) => ({ lane, arrangement: arrange(lane, scale, drawn.as.get(lane.lane)) })),
    [lanes, scale, drawn],
  );
  const key = arranged.map(({ lane, arrangement }) => `${lane.lane}:${arrangement.kind}`).join();
  if (key !== drawn.key) {
    setDrawn({ key, as: new Map(arranged.map(({ lane, arrangement }) => [lane.lane, arrangement.kind])) });
  }
  return useMemo(
    () =>
      arranged.map(({ lane, arrangement }, index) => ({
        lane: lane.lane,
        marks: marksOf(lane, arrangement, scale, tallest[index] ?? 1),
      })),
    [arranged, scale, tallest],
  );
}

function tallestColumn(lane: LaneEvents, whole: Span): number {
  return countColumns(lane, { ...whole, width: 1000 }).counts.reduce((most, count) => Math.max(most, count), 1);
}
