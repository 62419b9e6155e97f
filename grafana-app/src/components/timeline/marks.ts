import { type Arrangement, columnHeight, columnWidth, opacityOf } from './arrange';
import { laneHeight } from './lane';
import { toTime, type TimeScale } from './time-scale';
import type { LaneEvents, TimelineEvent } from './timeline-event';

/** Something drawn that can be hovered, walked to by keys, and spoken. */
export interface Mark {
  readonly x: number;
  readonly width: number;
  /** Within the lane, px. */
  readonly y: number;
  readonly height: number;
  readonly opacity: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly highestScore: number;
  /** The event itself where the mark stands for one. */
  readonly event?: TimelineEvent;
}

const barHeight = 6;
const rowHeight = 8;

/** The marks of one lane, from left to right. `tallest` is the greatest count of the lane over the whole range. */
export function marksOf(lane: LaneEvents, arrangement: Arrangement, scale: TimeScale, tallest: number): Mark[] {
  if (arrangement.kind === 'columns') {
    return columnMarks(arrangement, scale, tallest);
  }
  return arrangement.bars.flatMap(({ index, x, width, row }) => {
    const event = lane.events[index];
    return event === undefined ? [] : [barMark(event, { x, width, y: 2 + row * rowHeight })];
  });
}

function barMark(event: TimelineEvent, place: { x: number; width: number; y: number }): Mark {
  const { startMs, endMs, score } = event;
  return {
    ...place,
    height: barHeight,
    opacity: opacityOf(score),
    fromMs: startMs,
    toMs: endMs,
    count: 1,
    highestScore: score,
    event,
  };
}

type Columns = Extract<Arrangement, { kind: 'columns' }>;

function columnMarks({ counts, highest }: Columns, scale: TimeScale, tallest: number): Mark[] {
  const marks: Mark[] = [];
  counts.forEach((count, column) => {
    if (count === 0) {
      return;
    }
    const height = columnHeight(count, tallest);
    const x = column * columnWidth;
    const highestScore = highest[column] ?? 0;
    marks.push({
      x,
      width: columnWidth - 1,
      y: laneHeight - 2 - height,
      height,
      opacity: opacityOf(highestScore),
      fromMs: toTime(scale, x),
      toMs: toTime(scale, x + columnWidth),
      count,
      highestScore,
    });
  });
  return marks;
}

/** The mark under or nearest to a point, at most `reach` px away. Marks are sorted by x. */
export function markAt(marks: readonly Mark[], x: number, reach = 4): Mark | undefined {
  let nearest: Mark | undefined;
  let least = reach;
  for (const mark of marks) {
    const distance = Math.max(mark.x - x, x - mark.x - mark.width, 0);
    if (distance < least || (distance === 0 && nearest === undefined)) {
      nearest = mark;
      least = distance;
    }
  }
  return nearest;
}
