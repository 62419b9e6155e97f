import { medianOf } from '../../model/order-statistics.ts';
import { type CaseSeries, type CauseCase, onlyMoreIsOdd } from './cause-case.ts';

/** The times at which all series of a case are read. */
export interface Rows {
  readonly fromMs: number;
  readonly toMs: number;
  /** What was reached before this came before the incident; at `fromMs` the latest. */
  readonly sinceMs: number;
  has(timeMs: number): boolean;
}

/** How long before and after the alarm belongs to the incident at least. */
const AROUND_MS = 10 * 60_000;
/** In steps, for series that are written seldom. */
const AROUND_STEPS = 4;

/**
 * When the incident was there: the times around the alarm at which the alarmed series was off by at least half of its worst.
 * An incident that comes and goes is not watered down by its pauses that way. Without an alarmed series it is all the time
 * that is given, or, when the alarm is known and its series is not, the time around it.
 */
export function rowsOf({ alarm, series }: CauseCase): Rows {
  const alarmed = series.find(({ id }) => id === alarm.seriesId);
  if (alarm.service === '') return everything(series);
  if (alarmed === undefined || alarmed.usual.length === 0) return around(alarm);
  const { timesMs, values, measure } = alarmed;
  const step = stepOf(timesMs);
  const reach = Math.max(AROUND_MS, AROUND_STEPS * step);
  const { sinceMs = Infinity } = alarm;
  const beginsMs = (alarm.sinceMs ?? -Infinity) - step;
  const usual = medianOf(alarmed.usual);
  const offOf = (value: number): number => (onlyMoreIsOdd(measure) ? value - usual : Math.abs(value - usual));
  const near = timesMs.flatMap((timeMs, index) =>
    Math.abs(timeMs - alarm.atMs) <= reach && timeMs >= beginsMs
      ? [{ timeMs, off: offOf(values[index] ?? usual) }]
      : [],
  );
  const worst = Math.max(...near.map(({ off }) => off));
  const chosen = near.filter(({ off }) => off >= worst / 2).map(({ timeMs }) => timeMs);
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (first === undefined || last === undefined) return around(alarm);
  return {
    fromMs: first,
    toMs: last + step,
    sinceMs: Math.min(first, sinceMs),
    has: (timeMs) => chosen.some((row) => timeMs > row - step && timeMs < row + step),
  };
}

function around({ atMs, sinceMs = atMs - AROUND_MS / 2 }: CauseCase['alarm']): Rows {
  const [fromMs, toMs] = [sinceMs, atMs + AROUND_MS];
  return { fromMs, toMs, sinceMs: fromMs, has: (timeMs) => timeMs >= fromMs && timeMs <= toMs };
}

function everything(series: readonly CaseSeries[]): Rows {
  const firsts = series.flatMap(({ timesMs }) => timesMs.slice(0, 1));
  const lasts = series.flatMap(({ timesMs }) => timesMs.slice(-1));
  const fromMs = Math.min(...firsts);
  return { fromMs, toMs: Math.max(...lasts) + 1, sinceMs: fromMs, has: () => true };
}

function stepOf(timesMs: readonly number[]): number {
  return medianOf(timesMs.slice(1).map((timeMs, index) => timeMs - (timesMs[index] ?? timeMs))) || 1;
}
