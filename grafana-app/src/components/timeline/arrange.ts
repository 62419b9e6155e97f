import { toX, type TimeScale } from './time-scale';
import { candidates, type LaneEvents } from './timeline-event';

/** A bar of one event: pixels from the left, width, and row from the top. */
export interface Bar {
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly row: number;
}

/** Events [first, last] that stand at one place. */
export interface Point {
  readonly x: number;
  readonly first: number;
  readonly last: number;
}

/** What stands in a lane at one zoom: single bars, columns with counts, or points. */
export type Arrangement =
  | { readonly kind: 'bars'; readonly bars: readonly Bar[]; readonly rows: number }
  | { readonly kind: 'columns'; readonly counts: Int32Array; readonly highest: Float32Array }
  | { readonly kind: 'points'; readonly points: readonly Point[] };

export type Density = 'automatic' | 'single' | 'columns';

export const columnWidth = 8;
const narrowestBar = 6;
const rowsAtMost = 3;
/** Asked to draw every event, a lane grows so far; what needs more rows shares the last one. */
const singleRowsAtMost = 12;
/** Back from columns to bars only when there is room to spare, so that zooming does not flicker. */
const rowsToReturn = 2;
const pointsApart = 10;

interface ArrangeOptions {
  readonly before?: Arrangement['kind'] | undefined;
  readonly density?: Density;
}

/** Bars while the visible events pack into three rows; columns from four rows on, and bars again at two or fewer. */
export function arrange(lane: LaneEvents, scale: TimeScale, options: ArrangeOptions = {}): Arrangement {
  const { before = 'bars', density = 'automatic' } = options;
  if (density === 'columns') {
    return { kind: 'columns', ...countColumns(lane, scale) };
  }
  const limit = density === 'single' ? singleRowsAtMost : before === 'columns' ? rowsToReturn : rowsAtMost;
  const bars = pack(lane, scale, limit, density === 'single');
  const rows = bars.reduce((most, bar) => Math.max(most, bar.row + 1), 0);
  return rows <= limit ? { kind: 'bars', bars, rows } : { kind: 'columns', ...countColumns(lane, scale) };
}

/** First-fit packing; stops at the first event that needs more rows than there may be, or shares the last row. */
function pack(lane: LaneEvents, scale: TimeScale, limit: number, share: boolean): Bar[] {
  const [first, last] = candidates(lane, scale);
  const free: number[] = [];
  const bars: Bar[] = [];
  for (let index = first; index < last; index++) {
    const end = lane.end[index] ?? 0;
    if (end < scale.fromMs) {
      continue;
    }
    const x = toX(scale, lane.start[index] ?? 0);
    const width = Math.max(narrowestBar, toX(scale, end) - x);
    const found = free.findIndex((from) => from <= x);
    const next = found === -1 ? free.length : found;
    const row = share ? Math.min(next, limit - 1) : next;
    free[row] = x + width + 1;
    bars.push({ index, x, width, row });
    if (row >= limit) {
      break;
    }
  }
  return bars;
}

/** Points nearer than 10 px to the first of a place share it. */
export function gatherPoints(lane: LaneEvents, scale: TimeScale): Arrangement {
  const [first, last] = candidates(lane, scale);
  const points: Point[] = [];
  for (let index = first; index < last; index++) {
    if ((lane.end[index] ?? 0) < scale.fromMs) {
      continue;
    }
    const x = toX(scale, lane.start[index] ?? 0);
    const before = points.at(-1);
    if (before !== undefined && x - before.x < pointsApart) {
      points[points.length - 1] = { ...before, last: index };
    } else {
      points.push({ x, first: index, last: index });
    }
  }
  return { kind: 'points', points };
}

/** Events overlapping each column, by a difference array, and the highest score of each. */
export function countColumns(lane: LaneEvents, scale: TimeScale): { counts: Int32Array; highest: Float32Array } {
  const columns = Math.max(1, Math.ceil(scale.width / columnWidth));
  const steps = new Int32Array(columns + 1);
  const highest = new Float32Array(columns);
  const [first, last] = candidates(lane, scale);
  for (let index = first; index < last; index++) {
    const end = lane.end[index] ?? 0;
    if (end >= scale.fromMs) {
      const from = clampColumn(toX(scale, lane.start[index] ?? 0), columns);
      const to = clampColumn(toX(scale, end), columns);
      steps[from] = (steps[from] ?? 0) + 1;
      steps[to + 1] = (steps[to + 1] ?? 0) - 1;
      raise(highest, from, to, lane.score[index] ?? 0);
    }
  }
  return { counts: runningSum(steps).subarray(0, columns), highest };
}

function raise(values: Float32Array, from: number, to: number, least: number): void {
  for (let column = from; column <= to; column++) {
    values[column] = Math.max(values[column] ?? 0, least);
  }
}

function runningSum(steps: Int32Array): Int32Array {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

function clampColumn(x: number, columns: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor(x / columnWidth)));
}

/** Height of a column in px: 4 for one event up to 24 for the tallest of the lane. */
export function columnHeight(count: number, tallest: number): number {
  return count === 0 ? 0 : 4 + (20 * Math.log2(1 + count)) / Math.log2(1 + Math.max(tallest, 1));
}

/** Fill opacity by the highest score in a column. */
export function opacityOf(score: number): number {
  if (score < 2) {
    return 0.35;
  }
  return score < 4 ? 0.6 : 1;
}
