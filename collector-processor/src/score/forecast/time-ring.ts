export interface TimeRingOptions {
  readonly length: number;
  readonly stepMs: number;
}

/**
 * Means of a number in coarse steps, the newest `length` of them; NaN where there was none. Values may come out of order:
 * what is older than the newest step fills holes only.
 */
export class TimeRing {
  readonly stepMs: number;
  /** Number of the newest step since the epoch; -1 while empty. */
  newest = -1;
  readonly values: Float32Array;
  private sum = 0;
  private count = 0;

  constructor({ length, stepMs }: TimeRingOptions) {
    this.stepMs = stepMs;
    this.values = new Float32Array(length).fill(NaN);
  }

  add(timeMs: number, value: number): void {
    const step = Math.floor(timeMs / this.stepMs);
    if (step > this.newest) this.moveTo(step);
    const at = step % this.values.length;
    if (step === this.newest) {
      this.sum += value;
      this.count++;
      this.values[at] = this.sum / this.count;
    } else if (step > this.newest - this.values.length && Number.isNaN(this.values[at])) {
      this.values[at] = value;
    }
  }

  /** Oldest first, from the first value on; steps without one are NaN. */
  all(): Float64Array {
    const { length } = this.values;
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) values[i] = this.values[(this.newest + 1 + i) % length] as number;
    const first = values.findIndex((value) => !Number.isNaN(value));
    return first < 0 ? new Float64Array(0) : values.subarray(first);
  }

  /** What `values` and `newest` hold is that of a snapshot; the step that was being filled is over. */
  restore(newest: number, values: Float32Array): void {
    this.newest = newest;
    this.values.set(values);
    this.sum = 0;
    this.count = 0;
  }

  private moveTo(step: number): void {
    const { length } = this.values;
    const from = Math.max(this.newest + 1, step - length + 1);
    for (let empty = from; empty <= step; empty++) this.values[empty % length] = NaN;
    this.newest = step;
    this.sum = 0;
    this.count = 0;
  }
}
