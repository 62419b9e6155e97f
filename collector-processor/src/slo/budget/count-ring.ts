import type { Counts, HourOfCounts } from '../../model/slo-counts.ts';
import { none } from './counts.ts';
import type { TimeRange } from './ranges.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;

/**
 * Counts of each of the last minutes, oldest ones overwritten, and whether anybody knows them. Sums begin and end on whole
 * minutes; whole hours within them are kept as sums, so that a window of 28 days costs some hundred steps. Nine bytes a
 * minute; whole numbers are exact up to 16 million a minute.
 */
export class CountRing {
  private readonly total: Float32Array;
  private readonly bad: Float32Array;
  private readonly known: Uint8Array;
  private readonly hours: { readonly total: Float64Array; readonly bad: Float64Array; readonly known: Uint8Array };
  /** The newest minute that was written to; all up to `length - 1` before it are kept. */
  private newest = -Infinity;

  constructor({ length }: { readonly length: number }) {
    this.total = new Float32Array(length);
    this.bad = new Float32Array(length);
    this.known = new Uint8Array(length);
    // The first and the last one may be there in part.
    const hours = Math.ceil(length / HOUR) + 2;
    this.hours = { total: new Float64Array(hours), bad: new Float64Array(hours), known: new Uint8Array(hours) };
  }

  /** On top of what is there. False for a time that is older than what is kept. */
  add(timeMs: number, { total, bad }: Counts): boolean {
    const now = this.at(timeMs) ?? none;
    return this.set(timeMs, { total: now.total + total, bad: now.bad + bad });
  }

  /** In place of what is there. */
  set(timeMs: number, { total, bad }: Counts): boolean {
    const minute = Math.floor(timeMs / MINUTE_MS);
    if (minute <= this.newest - this.length) return false;
    this.advance(minute);
    const at = minute % this.length;
    const hour = this.hourSlot(minute);
    const { hours } = this;
    const [oldTotal, oldBad] = [this.total[at] as number, this.bad[at] as number];
    this.total[at] = total;
    this.bad[at] = bad;
    // What is kept of it is rounded, and taken out again as it is kept.
    hours.total[hour] = (hours.total[hour] as number) + this.total[at] - oldTotal;
    hours.bad[hour] = (hours.bad[hour] as number) + this.bad[at] - oldBad;
    hours.known[hour] = (hours.known[hour] as number) + 1 - (this.known[at] as number);
    this.known[at] = 1;
    return true;
  }

  /** Undefined where nobody knows. */
  at(timeMs: number): Counts | undefined {
    const minute = Math.floor(timeMs / MINUTE_MS);
    const at = minute % this.length;
    if (minute > this.newest || minute <= this.newest - this.length || this.known[at] === 0) return undefined;
    return { total: this.total[at] as number, bad: this.bad[at] as number };
  }

  /** Sixty minutes from the hour on. */
  hour(hourMs: number): HourOfCounts['minutes'] {
    return Array.from({ length: HOUR }, (_unused, minute) => this.at(hourMs + minute * MINUTE_MS));
  }

  /** Sixty minutes from the hour on, where somebody knows them. */
  restore(hourMs: number, minutes: HourOfCounts['minutes']): void {
    for (const [minute, counts] of minutes.entries())
      if (counts !== undefined) this.set(hourMs + minute * MINUTE_MS, counts);
  }

  /** From `fromMs` on, before `toMs`; what lies outside of what is kept counts nothing. */
  sum(fromMs: number, toMs: number): Counts {
    let total = 0;
    let bad = 0;
    this.walk({ fromMs, toMs }, (at) => {
      total += (at.whole ? this.hours.total[at.slot] : this.total[at.slot]) as number;
      bad += (at.whole ? this.hours.bad[at.slot] : this.bad[at.slot]) as number;
    });
    return { total, bad };
  }

  /** How many minutes somebody knows. */
  knownMinutes(range: TimeRange): number {
    let known = 0;
    this.walk(range, (at) => {
      known += (at.whole ? this.hours.known[at.slot] : this.known[at.slot]) as number;
    });
    return known;
  }

  /** Where nobody knows, in order. */
  gaps({ fromMs, toMs }: TimeRange): readonly TimeRange[] {
    const gaps: TimeRange[] = [];
    let begin: number | undefined;
    const end = Math.ceil(toMs / MINUTE_MS);
    for (let minute = Math.ceil(fromMs / MINUTE_MS); minute <= end; minute++) {
      const isGap = minute < end && this.at(minute * MINUTE_MS) === undefined;
      if (isGap) begin ??= minute;
      else if (begin !== undefined) {
        gaps.push({ fromMs: begin * MINUTE_MS, toMs: minute * MINUTE_MS });
        begin = undefined;
      }
    }
    return gaps;
  }

  get length(): number {
    return this.total.length;
  }

  /** The oldest time that is kept. */
  get sinceMs(): number {
    return (this.newest - this.length + 1) * MINUTE_MS;
  }

  private walk({ fromMs, toMs }: TimeRange, visit: (at: { slot: number; whole: boolean }) => void): void {
    const last = Math.min(Math.ceil(toMs / MINUTE_MS) - 1, this.newest);
    let minute = Math.max(Math.ceil(fromMs / MINUTE_MS), this.newest - this.length + 1);
    while (minute <= last) {
      const whole = minute % HOUR === 0 && minute + HOUR - 1 <= last;
      visit({ slot: whole ? this.hourSlot(minute) : minute % this.length, whole });
      minute += whole ? HOUR : 1;
    }
  }

  private hourSlot(minute: number): number {
    return Math.floor(minute / HOUR) % this.hours.total.length;
  }

  private advance(minute: number): void {
    if (minute <= this.newest) return;
    const fresh = Math.min(this.length, minute - this.newest);
    const first = minute - fresh + 1;
    for (let one = first; one <= minute; one++) {
      const at = one % this.length;
      this.total[at] = 0;
      this.bad[at] = 0;
      this.known[at] = 0;
      // The first one may lie in an hour that goes on, unless nothing of that is left.
      if (one % HOUR === 0 || (one === first && fresh === this.length)) this.openHour(this.hourSlot(one));
    }
    this.newest = minute;
  }

  private openHour(slot: number): void {
    this.hours.total[slot] = 0;
    this.hours.bad[slot] = 0;
    this.hours.known[slot] = 0;
  }
}
