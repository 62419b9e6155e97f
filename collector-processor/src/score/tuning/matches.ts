import type { Series } from '../../model/anomaly.ts';
import type { Tuning, TuningScope, TuningWindow } from '../../model/tuning.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** 1970 began on a Thursday. */
const FIRST_DAY = 4;

const sameNames = ['service', 'environment', 'signal', 'measure', 'metric', 'operation', 'peer'] as const;

export function inScope(scope: TuningScope, series: Series): boolean {
  if (scope.tenant !== series.tenant) return false;
  if (scope.seriesId !== undefined && scope.seriesId !== series.id) return false;
  return sameNames.every((name) => scope[name] === undefined || scope[name] === series[name]);
}

/** One that names a series says more than any that does not. */
export function specificity(scope: TuningScope): number {
  const named = sameNames.filter((name) => scope[name] !== undefined).length;
  return scope.seriesId === undefined ? named : named + sameNames.length + 1;
}

export function isActive(window: TuningWindow | undefined, timeMs: number): boolean {
  if (window === undefined) return true;
  const { fromMs = -Infinity, toMs = Infinity, days, fromMinute = 0, toMinute = 24 * 60 } = window;
  if (timeMs < fromMs || timeMs >= toMs) return false;
  if (days !== undefined && !days.includes((Math.floor(timeMs / DAY_MS) + FIRST_DAY) % 7)) return false;
  const minute = Math.floor((timeMs % DAY_MS) / MINUTE_MS);
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** The rules with one more, which takes the place of one for the same series and the same times. */
export function withRule(rules: readonly Tuning[], rule: Tuning): Tuning[] {
  return [...rules.filter((other) => keyOf(rule) !== keyOf(other)), rule];
}

function keyOf({ scope, window = {} }: Tuning): string {
  return JSON.stringify([Object.entries(scope).toSorted(), Object.entries(window).toSorted()]);
}
