/** A usual rule for one series, one value a step. */
export interface RivalSeries {
  /** How far the value lies outside of what is usual, in half widths of the band: 1 is its border, negative is below. NaN: nothing is known yet. */
  step(timeMs: number, value: number): number;
}

export interface Rival {
  readonly name: string;
  /** For a series of this step. */
  create(stepMs: number): RivalSeries;
}
