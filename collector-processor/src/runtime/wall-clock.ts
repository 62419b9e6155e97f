/** Clocks are changed on quarters of an hour everywhere. */
const QUARTER_MS = 900_000;
/** Offsets that are kept: six weeks of quarters. */
const MOST_KEPT = 4_096;

/** What clocks on the wall show somewhere, daylight saving included. Offsets are asked for once a quarter of an hour. */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();
  private quarter = NaN;
  private offsetMs = 0;

  /** Throws a RangeError for a name that is no time zone. */
  constructor(timeZone: string) {
    const [date, time] = [{ year: 'numeric', month: 'numeric', day: 'numeric' } as const, { hour: 'numeric' } as const];
    const rest = { minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
    this.format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', ...date, ...time, ...rest });
  }

  /** Milliseconds since the epoch at which UTC would show the same. */
  at(timeMs: number): number {
    const quarter = Math.floor(timeMs / QUARTER_MS);
    if (quarter !== this.quarter) {
      this.offsetMs = this.offsets.get(quarter) ?? this.ask(quarter);
      this.quarter = quarter;
    }
    return timeMs + this.offsetMs;
  }

  private ask(quarter: number): number {
    const startMs = quarter * QUARTER_MS;
    const parts = new Map(this.format.formatToParts(startMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const date = [part('year'), part('month') - 1, part('day')] as const;
    const offsetMs = Date.UTC(...date, part('hour'), part('minute'), part('second')) - startMs;
    if (this.offsets.size >= MOST_KEPT) this.offsets.clear();
    this.offsets.set(quarter, offsetMs);
    return offsetMs;
  }
}
