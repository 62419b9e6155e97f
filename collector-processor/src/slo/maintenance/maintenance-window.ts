import type { CorrectionScope } from '../../model/slo-correction.ts';
import { WallClock } from '../../runtime/wall-clock.ts';
import type { TimeRange } from '../budget/ranges.ts';
import { instantAt } from '../budget/time-window.ts';
import { comesOn, readRepeat } from './repeat.ts';

/** As it stands in the settings. */
export interface MaintenanceOptions {
  readonly name: string;
  readonly reason: string;
  readonly objective: string;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Local date and time of the first one: `2026-03-01T02:00`. */
  readonly begin: string;
  /** Milliseconds. */
  readonly duration: number;
  /** As in iCalendar; empty: once. */
  readonly repeat: string;
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 800;

export function scopeOf({ objective, service, labels }: MaintenanceOptions): CorrectionScope {
  return {
    ...(objective === '' ? {} : { objective }),
    ...(service === '' ? {} : { service }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
}

/** The times of a window that touch the range, in order. Hours are those of the clocks of its time zone. */
export function occurrences(window: MaintenanceOptions, { fromMs, toMs }: TimeRange): readonly TimeRange[] {
  const clock = new WallClock(window.timeZone);
  const beginMs = Date.parse(`${window.begin}Z`);
  const touches = (one: TimeRange) => one.toMs > fromMs && one.fromMs < toMs;
  const at = (wallMs: number): TimeRange => {
    const begin = instantAt(clock, wallMs);
    return { fromMs: begin, toMs: begin + window.duration };
  };
  if (window.repeat === '') return [at(beginMs)].filter(touches);
  const read = readRepeat(window.repeat);
  if (read.kind === 'fault') return [];
  const firstDay = dayOf(beginMs);
  const found: TimeRange[] = [];
  let dayMs = Math.max(firstDay, dayOf(clock.at(fromMs) - window.duration) - DAY_MS);
  for (let days = 0; days < MOST_DAYS && dayMs < clock.at(toMs); days++, dayMs += DAY_MS) {
    const wallMs = dayMs + (beginMs - firstDay);
    if (wallMs <= read.repeat.untilMs && comesOn(read.repeat, dayMs, firstDay)) found.push(at(wallMs));
  }
  return found.filter(touches);
}

function dayOf(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS) * DAY_MS;
}
