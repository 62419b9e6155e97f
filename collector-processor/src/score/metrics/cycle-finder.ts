import type { Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';
import { cycleIn } from './autocorrelation.ts';

const MINUTE_MS = 60_000;
/** Lengths of a sample; the shortest that is no shorter than a step is taken. */
const INTERVALS_MS = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE_MS);
/** Two looks at the past: its last two hours in samples of a minute, its last day in samples eight times as long. */
const LOOKS = [
  { times: 1, samples: 128, every: 32 },
  { times: 8, samples: 192, every: 24 },
] as const;
const LEAST_SAMPLES = 96;
/** Days and longer are asked for by name. */
const LONGEST_MS = 18 * 60 * MINUTE_MS;
/** Steps over which the level that samples are compared with is averaged. */
const MEMORY_STEPS = 500;
/** A sample is kept in sixteenths of the usual distance. */
const PARTS = 16;
const MOST = 127;
const MOST_COUNTED = 60_000;

interface Look {
  readonly times: number;
  readonly samples: number;
  readonly every: number;
  readonly ring: Int8Array;
  /** Samples that were ever kept, and the one that is being filled. */
  readonly kept: Uint16Array;
  readonly at: Float64Array;
  readonly sum: Float32Array;
  readonly count: Uint16Array;
}

/**
 * Looks for a cycle of minutes to hours: a job every half an hour, shifts of eight. The past is kept in few coarse samples of
 * a byte, and compared with itself once in many of them, each series at its own turn. Some 370 bytes a series.
 */
export class CycleFinder {
  readonly state: SeriesState;
  private readonly looks: readonly Look[];
  private readonly interval: Uint8Array;
  private readonly centre: Float64Array;
  private readonly size: Float32Array;
  private readonly seen: Uint16Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    const { state } = this;
    this.looks = LOOKS.map((look) => ({
      ...look,
      ring: state.int8(look.samples),
      ...{ kept: state.uint16(), at: state.float64(), sum: state.float32(), count: state.uint16() },
    }));
    this.interval = state.uint8();
    this.centre = state.float64();
    this.size = state.float32();
    this.seen = state.uint16();
  }

  /** The length of a cycle in milliseconds, when this step brought one to light. */
  push(slot: number, step: Step): number | undefined {
    const interval = this.intervalOf(slot, step);
    const distance = this.distance(slot, step.level);
    let found: number | undefined;
    for (const look of this.looks)
      found = this.sample(look, slot, step.timeMs / (interval * look.times), distance) ?? found;
    return found !== undefined && found * interval < LONGEST_MS ? found * interval : undefined;
  }

  /** Where steps get longer it all begins anew. */
  private intervalOf(slot: number, step: Step): number {
    const before = INTERVALS_MS[(this.interval[slot] as number) - 1];
    if (before !== undefined && step.stepMs < 1.2 * before) return before;
    const next = INTERVALS_MS.findIndex((length) => step.stepMs < 1.1 * length);
    this.state.clear(slot);
    this.interval[slot] = next < 0 ? INTERVALS_MS.length : next + 1;
    this.centre[slot] = step.level;
    return INTERVALS_MS[this.interval[slot] - 1] as number;
  }

  /** From the usual level, in parts of the usual distance. */
  private distance(slot: number, level: number): number {
    const seen = Math.min(MEMORY_STEPS, (this.seen[slot] as number) + 1);
    const distance = level - (this.centre[slot] as number);
    this.seen[slot] = seen;
    this.centre[slot] = (this.centre[slot] as number) + distance / seen;
    const size = this.size[slot] as number;
    this.size[slot] = size + (Math.abs(distance) - size) / seen;
    return size > 0 ? (PARTS * distance) / size : 0;
  }

  /** Adds to the sample that is being filled; when it is full, and it is the series' turn, looks for a cycle: in samples of the shorter look. */
  private sample(look: Look, slot: number, position: number, distance: number): number | undefined {
    const now = Math.floor(position);
    const before = look.at[slot] as number;
    let found: number | undefined;
    if (now !== before) {
      if (before !== 0 && now > before) found = this.keep(look, slot, Math.min(look.samples, now - before));
      look.at[slot] = now;
      look.sum[slot] = 0;
      look.count[slot] = 0;
    }
    look.sum[slot] = (look.sum[slot] as number) + distance;
    look.count[slot] = (look.count[slot] as number) + 1;
    return found;
  }

  /** Keeps the full sample, and again for those in which nothing came. */
  private keep(look: Look, slot: number, times: number): number | undefined {
    const { samples, ring, kept, every } = look;
    const mean = (look.sum[slot] as number) / Math.max(1, look.count[slot] as number);
    const value = Math.max(-MOST, Math.min(MOST, Math.round(mean)));
    let count = kept[slot] as number;
    for (let i = 0; i < times; i++) ring[slot * samples + (count++ % samples)] = value;
    // The place in the ring stays when the count is cut.
    kept[slot] = count >= MOST_COUNTED ? samples + (count % samples) : count;
    if (count < LEAST_SAMPLES || (count + slot) % every !== 0) return undefined;
    const filled = Math.min(samples, count);
    const first = count < samples ? 0 : count % samples;
    const cycle = cycleIn(ring.subarray(slot * samples, (slot + 1) * samples), first, filled);
    return cycle === undefined ? undefined : cycle * look.times;
  }
}
