import { quantileOf } from '../../model/order-statistics.ts';

/** Where a series came back from by itself, as log rotation and garbage collection do. */
export interface Teeth {
  readonly falls: number;
  /** Highest value before the last fall; -Infinity without one. */
  readonly peak: number;
  /** Place of the lowest value after the last fall: where the present climb began. */
  readonly since: number;
}

/** A fall takes at least this share of the range in which the series moves, and of the capacity. */
const SHARE_OF_RANGE = 0.3;
const SHARE_OF_CAPACITY = 0.03;

/** Falls of a series whose season was taken away. */
export function findTeeth(values: Float64Array, capacity: number): Teeth {
  const present = values.filter((value) => !Number.isNaN(value));
  const range = quantileOf(present, 0.98) - quantileOf(present, 0.02);
  const least = Math.max(SHARE_OF_RANGE * range, SHARE_OF_CAPACITY * Math.abs(capacity));
  let top = -Infinity;
  let peak = -Infinity;
  let bottom = Infinity;
  let falls = 0;
  let since = 0;
  let falling = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    if (falling && value <= bottom) {
      bottom = value;
      since = i;
      top = value;
      continue;
    }
    falling = falling && value - bottom < least / 2;
    top = Math.max(top, value);
    if (top - value < least) continue;
    falls++;
    peak = Math.max(peak, top);
    falling = true;
    bottom = value;
    top = value;
    since = i;
  }
  return { falls, peak, since };
}
