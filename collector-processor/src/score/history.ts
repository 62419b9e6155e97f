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

/** The last scored steps of published series, in rings. When there are too many series, the oldest history goes. */
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
      const oldest = this.rings.size >= series ? this.rings.keys().next().value : undefined;
      if (oldest !== undefined) this.rings.delete(oldest);
      ring = new Ring(points);
      this.rings.set(seriesId, ring);
    }
    ring.add(point);
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

  constructor(points: number) {
    this.times = new Float64Array(points);
    this.numbers = new Float32Array(points * NUMBERS);
  }

  add({ timeMs, value, score, ungated, expected, lower, upper }: HistoryPoint): void {
    const at = this.written++ % this.times.length;
    this.times[at] = timeMs;
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
