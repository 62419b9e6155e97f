import { Frame } from './frame.ts';

export interface BucketWindowOptions {
  /** Milliseconds. */
  readonly bucket: number;
  /** Buckets that a closed bucket waits for late items. */
  readonly lateBuckets: number;
  /** Buckets ahead of now that an item may claim. */
  readonly futureBuckets: number;
  readonly maxSubjects: number;
}

/** Why an item was not scored live. Older than this many buckets is a backfill rather than late. */
export type Misplaced = 'late' | 'backfill' | 'future';
const BACKFILL_BUCKETS = 60;
/** Buckets that may be due at once; more means that the process slept, and they are skipped. */
const MAX_DUE = 8;

/**
 * The open buckets, each with a frame. A bucket belongs to event time; it closes when the process's own clock has passed
 * its end by the allowed lateness, never because a source says so. Frames are used again, so there are only as many as
 * buckets are open or being closed.
 */
export class BucketWindow {
  readonly bucketMs: number;
  /** Buckets skipped because too many were due at once. */
  skipped = 0;
  private readonly options: BucketWindowOptions;
  private readonly frames = new Map<number, Frame>();
  private readonly pool: Frame[] = [];
  private current: Frame;
  /** First and last bucket that take items. */
  private first: number;
  private last: number;

  constructor(options: BucketWindowOptions, nowMs: number) {
    this.options = options;
    this.bucketMs = options.bucket;
    const now = Math.floor(nowMs / options.bucket);
    this.first = now - options.lateBuckets;
    this.last = now + options.futureBuckets;
    this.current = this.frame(now);
  }

  get firstOpen(): number {
    return this.first;
  }

  /** Frame of an item's time, or why there is none. */
  frameAt(timeMs: number): Frame | Misplaced {
    const bucket = Math.floor(timeMs / this.bucketMs);
    if (!(bucket <= this.last)) return 'future';
    if (bucket < this.first) return bucket < this.first - BACKFILL_BUCKETS ? 'backfill' : 'late';
    if (this.current.bucket !== bucket) this.current = this.frame(bucket);
    return this.current;
  }

  /** Frame of an open bucket, or of one that is being closed. */
  frame(bucket: number): Frame {
    const found = this.frames.get(bucket);
    if (found !== undefined) return found;
    const frame = this.pool.pop() ?? new Frame(this.options.maxSubjects);
    frame.bucket = bucket;
    this.frames.set(bucket, frame);
    return frame;
  }

  /** Gives the frame of a closed bucket back. */
  release(bucket: number): void {
    const frame = this.frames.get(bucket);
    if (frame === undefined) return;
    this.frames.delete(bucket);
    frame.reset();
    this.pool.push(frame);
  }

  /** Lets items of the present in. Time that runs backwards changes nothing. */
  moveTo(nowMs: number): void {
    this.last = Math.max(this.last, Math.floor(nowMs / this.bucketMs) + this.options.futureBuckets);
  }

  /** Marks every open bucket as incomplete. */
  spoil(): void {
    for (let bucket = this.first; bucket <= this.last; bucket++) this.frame(bucket).incomplete = true;
  }

  /** Buckets that are due, oldest first; they take no more items. Each must be released. */
  due(nowMs: number): number[] {
    this.moveTo(nowMs);
    const open = Math.floor(nowMs / this.bucketMs) - this.options.lateBuckets;
    if (open - this.first > MAX_DUE) this.skip(open - MAX_DUE);
    const due: number[] = [];
    while (this.first < open) due.push(this.first++);
    return due;
  }

  /** The present moves on and what lies between was not watched: its buckets are not judged. */
  passOver(nowMs: number): void {
    this.moveTo(nowMs);
    const first = Math.floor(nowMs / this.bucketMs) - this.options.lateBuckets;
    if (first > this.first) this.skip(first);
  }

  private skip(to: number): void {
    this.skipped += to - this.first;
    for (const bucket of this.frames.keys()) if (bucket < to) this.release(bucket);
    this.first = to;
  }
}
