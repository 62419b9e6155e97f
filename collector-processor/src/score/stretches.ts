import { SeriesState } from './state/series-state.ts';

/** Steps over which the memory of a series is measured. */
const MEMORY_STEPS = 500;
/** One distance counts for at most this many usual squares. */
const CLIP = 16;
const MOST = 0.98;

/**
 * How many steps of a series say as much as one that knows nothing of the one before: (1 + r) / (1 - r), r being the
 * correlation of one distance from the usual level with the next. Values that hang together come in stretches, so a thousand
 * of them are far fewer tries of chance, and rarity has to be earned by stretches (Bartlett's effective sample size).
 */
export class Stretches {
  readonly state: SeriesState;
  private readonly product: Float64Array;
  private readonly square: Float64Array;
  private readonly last: Float64Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.product = this.state.float64();
    this.square = this.state.float64();
    this.last = this.state.float64();
  }

  /** 1 for values that are independent, up to 99. */
  length(slot: number): number {
    const correlation = (this.product[slot] as number) / (this.square[slot] as number);
    if (!(correlation > 0)) return 1;
    const believed = Math.min(MOST, correlation);
    return (1 + believed) / (1 - believed);
  }

  /** `distance` is from the usual level; NaN while there is none. */
  learn(slot: number, distance: number): void {
    if (Number.isNaN(distance)) return;
    const square = this.square[slot] as number;
    const own = distance * distance;
    const share = square > 0 && own > CLIP * square ? (CLIP * square) / own : 1;
    const product = share * distance * (this.last[slot] as number);
    this.product[slot] = (this.product[slot] as number) + (product - (this.product[slot] as number)) / MEMORY_STEPS;
    this.square[slot] = square + (share * own - square) / MEMORY_STEPS;
    this.last[slot] = distance;
  }
}
