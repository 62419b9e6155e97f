import { type Arrangement, columnHeight, columnWidth, opacityOf } from './arrange';
import { laneHeight, laneStyle, type Shape } from './lane';
import { toTime, toX, type TimeScale } from './time-scale';
import type { LaneEvents, TimelineEvent } from './timeline-event';

/** Something drawn that can be hovered, walked to by keys, and spoken. */
export interface Mark {
  readonly x: number;
  readonly width: number;
  /** Within the lane, px. */
  readonly y: number;
  readonly height: number;
  readonly opacity: number;
  readonly shape: Shape;
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly highestScore: number;
  /** The event itself where the mark stands for one. */
  readonly event?: TimelineEvent;
  /** Where the peak of a single event lies, px. */
  readonly peakX?: number;
}

interface Drawing {
  readonly scale: TimeScale;
  /** Greatest count of the lane over the whole range. */
  readonly tallest: number;
}

const barHeight = 6;
const rowHeight = 8;
const pointSize = 14;

/** The marks of one lane, from left to right. */
export function marksOf(lane: LaneEvents, arrangement: Arrangement, { scale, tallest }: Drawing): Mark[] {
  switch (arrangement.kind) {
    case 'columns':
      return columnMarks(arrangement, scale, tallest);
    case 'points':
      return arrangement.points.flatMap(({ x, first, last }) => pointMark(lane.events.slice(first, last + 1), x));
    case 'bars':
      return arrangement.bars.flatMap(({ index, x, width, row }) => {
        const event = lane.events[index];
        return event === undefined ? [] : [barMark(event, { x, width, y: 2 + row * rowHeight }, scale)];
      });
  }
}

/** Lanes whose bars need more than three rows are higher. */
export function heightOf(arrangement: Arrangement): number {
  return arrangement.kind === 'bars' ? Math.max(laneHeight, 4 + arrangement.rows * rowHeight) : laneHeight;
}

/** The mark in a lane that is `factor` times as high: bars and columns grow with it, points keep their size and the middle. */
export function stretched(mark: Mark, factor: number): Mark {
  const { y, height, shape } = mark;
  const grows = shape === 'bar' || shape === 'band' || shape === 'pill';
  return grows
    ? { ...mark, y: y * factor, height: height * factor }
    : { ...mark, y: (y + height / 2) * factor - height / 2 };
}

function barMark(event: TimelineEvent, place: { x: number; width: number; y: number }, scale: TimeScale): Mark {
  const { startMs, endMs, score, direction, lane } = event;
  return {
    ...place,
    height: barHeight,
    opacity: opacityOf(score),
    shape: event.shape ?? laneStyle(lane).shape,
    fromMs: startMs,
    toMs: endMs,
    count: 1,
    highestScore: score,
    event,
    ...(direction === 'none' ? {} : { peakX: toX(scale, event.peakMs) }),
  };
}

function pointMark(events: readonly TimelineEvent[], x: number): Mark[] {
  const [event] = events;
  const last = events.at(-1);
  if (event === undefined || last === undefined) {
    return [];
  }
  return [
    {
      x: x - pointSize / 2,
      width: pointSize,
      y: (laneHeight - pointSize) / 2,
      height: pointSize,
      opacity: 1,
      shape: event.shape ?? laneStyle(event.lane).shape,
      fromMs: event.startMs,
      toMs: last.startMs,
      count: events.length,
      highestScore: 0,
      ...(events.length === 1 ? { event } : {}),
    },
  ];
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
      shape: 'bar',
      fromMs: toTime(scale, x),
      toMs: toTime(scale, x + columnWidth),
      count,
      highestScore,
    });
  });
  return marks;
}

/** The mark under or nearest to a point, at most `reach` px away. Bars in several rows are told apart by `y`. */
export function markAt(marks: readonly Mark[], x: number, y: number, reach = 4): Mark | undefined {
  let nearest: Mark | undefined;
  let least = Infinity;
  for (const mark of marks) {
    const across = Math.max(mark.x - x, x - mark.x - mark.width, 0);
    // A row missed by a little counts less than a place missed by a little.
    const down = Math.max(mark.y - y, y - mark.y - mark.height, 0) / 100;
    if (across <= reach && across + down < least) {
      nearest = mark;
      least = across + down;
    }
  }
  return nearest;
}

/** The mark whose middle is nearest to a point of time. */
export function markNearest(marks: readonly Mark[], timeMs: number): number {
  let nearest = -1;
  let least = Infinity;
  marks.forEach(({ fromMs, toMs }, index) => {
    const distance = Math.abs((fromMs + toMs) / 2 - timeMs);
    if (distance < least) {
      least = distance;
      nearest = index;
    }
  });
  return nearest;
}
