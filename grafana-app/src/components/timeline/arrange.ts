import { toX, type TimeScale } from './time-scale';
import { candidates, type LaneEvents } from './timeline-event';

/** A bar of one event: pixels from the left, width, and row (0 to 2). */
export interface Bar {
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly row: number;
}

/** What stands in a lane at one zoom: single bars, or columns with counts. */
export type Arrangement =
  | { readonly kind: 'bars'; readonly bars: readonly Bar[]; readonly rows: number }
  | { readonly kind: 'columns'; readonly counts: Int32Array; readonly highest: Float32Array };

export const columnWidth = 8;
const narrowestBar = 6;
const rowsAtMost = 3;
/** Back from columns to bars only when there is room to spare, so that zooming does not flicker. */
const rowsToReturn = 2;

/** Bars while the visible events pack into three rows; columns from four rows on, and bars again at two or fewer. */
export function arrange(lane: LaneEvents, scale: TimeScale, before: Arrangement['kind'] = 'bars'): Arrangement {
  const bars = pack(lane, scale);
  const limit = before === 'columns' ? rowsToReturn : rowsAtMost;
  const rows = bars.reduce((most, bar) => Math.max(most, bar.row + 1), 0);
  return rows <= limit ? { kind: 'bars', bars, rows } : { kind: 'columns', ...countColumns(lane, scale) };
}

/** First-fit packing; stops at the first event that needs more rows than there may be. */
function pack(lane: LaneEvents, scale: TimeScale): Bar[] {
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
    const row = found === -1 ? free.length : found;
    free[row] = x + width + 1;
    bars.push({ index, x, width, row });
    if (row >= rowsAtMost) {
      break;
    }
  }
  return bars;
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
