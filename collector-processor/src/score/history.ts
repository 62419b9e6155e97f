/** A scored step as the API shows it. */
export interface HistoryPoint {
  readonly timeMs: number;
  readonly value: number;
  readonly score: number;
  /** Before direction, effect and rules of people were looked at. */
  readonly ungated: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

export interface HistoryOptions {
  /** Steps kept of each series. */
  readonly points: number;
  readonly series: number;
}

const NUMBERS = 6;

/** A ring without a new step for this long gives its place to another series. */
const IDLE_MS = 30 * 60_000;
/** Rings looked at for one newcomer. */
const LOOKED_AT = 4;

/** The last scored steps of published series, in rings. When there are too many series, those that came first keep theirs. */
export class History {
  private readonly options: HistoryOptions;
  private readonly rings = new Map<string, Ring>();

  constructor(options: HistoryOptions) {
    this.options = options;
  }

  get size(): number {
    return this.rings.size;
  }

  add(seriesId: string, point: HistoryPoint): void {
    const { points, series } = this.options;
    if (points === 0 || series === 0) return;
    let ring = this.rings.get(seriesId);
    if (ring === undefined) {
      if (this.rings.size >= series && !this.makeRoom(point.timeMs)) return;
      ring = new Ring(points);
      this.rings.set(seriesId, ring);
    }
    ring.add(point);
  }

  /**
   * Lets go of the first ring that nothing was added to for a while. When all are in use the newcomer goes without: each would
   * push out the one that is needed next, and none would hold more than a step.
   */
  private makeRoom(timeMs: number): boolean {
    let looked = 0;
    for (const [id, ring] of this.rings) {
      if (ring.newestMs < timeMs - IDLE_MS) return this.rings.delete(id);
      // In use: looked at again when all others were.
      this.rings.delete(id);
      this.rings.set(id, ring);
      if (++looked === LOOKED_AT) return false;
    }
    return false;
  }

  /** Oldest first; empty for a series that was never published. */
  of(seriesId: string): HistoryPoint[] {
    return this.rings.get(seriesId)?.points() ?? [];
  }
}

class Ring {
  private readonly times: Float64Array;
  private readonly numbers: Float32Array;
  private written = 0;
  newestMs = -Infinity;

  constructor(points: number) {
    this.times = new Float64Array(points);
    this.numbers = new Float32Array(points * NUMBERS);
  }

  add({ timeMs, value, score, ungated, expected, lower, upper }: HistoryPoint): void {
    const at = this.written++ % this.times.length;
    this.times[at] = timeMs;
    this.newestMs = timeMs;
    this.numbers.set([value, score, expected, lower, upper, ungated], at * NUMBERS);
  }

  points(): HistoryPoint[] {
    const length = this.times.length;
    const first = Math.max(0, this.written - length);
    return Array.from({ length: this.written - first }, (_unused, offset) => {
      const at = (first + offset) % length;
      const [value = NaN, score = NaN, expected = NaN, lower = NaN, upper = NaN, ungated = NaN] = this.numbers.subarray(
        at * NUMBERS,
        (at + 1) * NUMBERS,
      );
      return { timeMs: this.times[at] as number, value, score, ungated, expected, lower, upper };
    });
  }
}
