import { SeriesState } from '../state/series-state.ts';

/** Gaps that are remembered. */
const MEMORY = 200;
/** A gap counts for at most this many usual ones, so that an outage does not become usual. */
const LONG = 8;
/** Chance alone may give so long a gap once in this time. */
const ONCE_IN_MS = 30 * 86_400_000;

/**
 * How long a gap chance alone gives a source, from the mean of its gaps and how much they scatter. Items that come at random
 * (few requests) leave gaps of geometric length, so k empty buckets have the chance (share of empty buckets)^k. An exporter
 * that keeps its time leaves gaps alike, and is missed at once: the surprise of a bucket is divided by the scatter of the gaps
 * as a share of that of random ones.
 */
export class RandomGaps {
  readonly state: SeriesState;
  private readonly mean: Float32Array;
  private readonly square: Float32Array;
  private readonly seen: Uint16Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.mean = this.state.float32();
    this.square = this.state.float32();
    this.seen = this.state.uint16();
  }

  /** Something came after a gap of so many buckets, 1: in the very next one. */
  learn(presence: number, buckets: number): void {
    const seen = Math.min(MEMORY, (this.seen[presence] as number) + 1);
    const mean = this.mean[presence] as number;
    const gap = seen === 1 ? buckets : Math.min(buckets, LONG * mean);
    this.seen[presence] = seen;
    this.mean[presence] = mean + (gap - mean) / seen;
    const square = this.square[presence] as number;
    this.square[presence] = square + (gap * gap - square) / seen;
  }

  /** Whether chance gives so many empty buckets in a row more often than once in a month. */
  isChance(presence: number, idle: number, bucketMs: number): boolean {
    const mean = this.mean[presence] as number;
    const ofRandom = mean * (mean - 1);
    if (!(ofRandom > 0)) return false;
    const scatter = Math.min(1, ((this.square[presence] as number) - mean * mean) / ofRandom);
    const seen = this.seen[presence] as number;
    // One more empty bucket than were seen: a mean of few gaps may be too short.
    const empty = (seen * (mean - 1) + 1) / (seen * mean + 1);
    const due = Math.log10(ONCE_IN_MS / (mean * bucketMs));
    return -idle * Math.log10(empty) < due * scatter;
  }
}
