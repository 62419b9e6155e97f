import { MAX_KINDS, type TraceLines } from './trace-lines.ts';

/** Shapes of one service; the one that was met longest ago makes room. */
const MOST = 48;
/** Vectors this near are one shape: the share of lines that differ, with counts as logarithms. */
const NEAR = 0.2;
/** Times that a shape must have been met to be usual. */
const OFTEN = 3;
/** Where more than this share of traces has a shape that is not usual, shapes tell nothing. */
const MOTLEY = 0.25;

interface Shape {
  readonly kinds: Int32Array;
  readonly counts: Float32Array;
  readonly born: number;
  met: number;
  last: number;
}

/** What the traces of one service look like: vectors of counts by kind of line. */
export class KnownShapes {
  private readonly shapes: Shape[] = [];
  private readonly born: number;
  /** Of the last `learning` buckets: whether shapes told nothing, and what the present ones have shown so far. */
  private motley = false;
  private since: number;
  private met = 0;
  private unusual = 0;

  constructor(bucket: number) {
    this.born = bucket;
    this.since = bucket;
  }

  /**
   * Whether the trace is far from all that is usual. What a service does in its first `learning` buckets is usual, later
   * something new has to go on for `learning` buckets. Of a service whose traces are all different none is odd.
   */
  isOdd(lines: TraceLines, at: number, bucket: number, learning: number): boolean {
    const start = at * MAX_KINDS;
    const size = lines.size[at] as number;
    const kinds = lines.kinds.slice(start, start + size);
    const counts = Float32Array.from(lines.counts.subarray(start, start + size), (count) => Math.log2(1 + count));
    const isYoung = bucket - this.born < learning;
    const isUsual = (shape: Shape): boolean =>
      shape.met >= OFTEN && (shape.born - this.born < learning || bucket - shape.born >= learning);
    const near = this.nearest(kinds, counts, isUsual);
    const shape = near ?? this.add({ kinds, counts, born: bucket, met: 0, last: bucket });
    shape.met++;
    shape.last = bucket;
    const isUnusual = !isUsual(shape);
    this.count(isUnusual, bucket, learning);
    return isUnusual && !isYoung && !this.motley;
  }

  private count(isUnusual: boolean, bucket: number, learning: number): void {
    if (bucket - this.since >= learning) {
      this.motley = this.unusual > MOTLEY * this.met;
      this.since = bucket;
      this.met = 0;
      this.unusual = 0;
    }
    this.met++;
    if (isUnusual) this.unusual++;
  }

  /** The nearest usual one; another only where none of them is near, so that what is new takes nothing away from them. */
  private nearest(kinds: Int32Array, counts: Float32Array, isUsual: (shape: Shape) => boolean): Shape | undefined {
    let best: Shape | undefined;
    let least = Infinity;
    for (const shape of this.shapes) {
      const distance = distanceOf(shape, kinds, counts);
      if (distance > NEAR) continue;
      const rank = isUsual(shape) ? distance : 1 + distance;
      if (rank >= least) continue;
      least = rank;
      best = shape;
    }
    return best;
  }

  private add(shape: Shape): Shape {
    if (this.shapes.length >= MOST) {
      const oldest = this.shapes.reduce(
        (least, one, index) => (one.last < (this.shapes[least]?.last ?? 0) ? index : least),
        0,
      );
      this.shapes.splice(oldest, 1);
    }
    this.shapes.push(shape);
    return shape;
  }
}

/** 0 for the same, 1 for nothing in common. */
function distanceOf(shape: Shape, kinds: Int32Array, counts: Float32Array): number {
  let apart = 0;
  let all = 0;
  let met = 0;
  for (let i = 0; i < kinds.length; i++) {
    const other = shape.kinds.indexOf(kinds[i] as number);
    const theirs = other < 0 ? 0 : (shape.counts[other] as number);
    apart += Math.abs((counts[i] as number) - theirs);
    all += (counts[i] as number) + theirs;
    met += theirs;
  }
  let rest = -met;
  for (const count of shape.counts) rest += count;
  return (apart + rest) / Math.max(1e-9, all + rest);
}
