import { SeriesState } from './state/series-state.ts';

/** Quiet steps after which it is over. */
const PATIENCE = 2;

/**
 * Keeps what the detectors said in an odd step, or in the one that started a finding, until the series has been quiet again
 * for some steps. Then the tail models learn that such things happen on this series: once, however long it lasted.
 */
export class OddStep {
  readonly state: SeriesState;
  private readonly scores: Float32Array;
  private readonly waited: Uint8Array;
  private readonly models: number;

  constructor(capacity: number, models: number) {
    this.models = models;
    this.state = new SeriesState(capacity);
    this.scores = this.state.float32(models);
    this.waited = this.state.uint8();
  }

  /** NaN where a detector was silent. */
  keep(slot: number, raw: Float64Array, agreed: number): void {
    for (let i = 0; i < this.models - 1; i++) this.scores[slot * this.models + i] = raw[i] as number;
    this.scores[slot * this.models + this.models - 1] = agreed;
    this.waited[slot] = 1;
  }

  /** After a quiet step: the scores to learn, if a kept step is over. */
  release(slot: number): Float32Array | undefined {
    const waited = this.waited[slot] as number;
    if (waited === 0) return undefined;
    this.waited[slot] = waited > PATIENCE ? 0 : waited + 1;
    return waited > PATIENCE ? this.scores.subarray(slot * this.models, (slot + 1) * this.models) : undefined;
  }
}
