import type { CalendarUnit, CalendarWindow } from '../../model/slo.ts';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};

/** A duration as Prometheus writes it (`28d`, `1d12h`), in milliseconds. */
export function promDuration(text: string): number | undefined {
  if (!/^([0-9]+(ms|[smhdwy]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([0-9]+)(ms|[smhdwy])/g)];
  const sum = parts.reduce((total, [, count = '0', unit = 'ms']) => total + Number(count) * (unitMs[unit] ?? 0), 0);
  return sum > 0 ? sum : undefined;
}

const calendarLetters: Readonly<Record<string, { unit: CalendarUnit; days: number }>> = {
  d: { unit: 'day', days: 1 },
  w: { unit: 'week', days: 7 },
  M: { unit: 'month', days: 30 },
  Q: { unit: 'quarter', days: 90 },
  Y: { unit: 'year', days: 365 },
};

/** OpenSLO's shorthand (`4w`, `1M`): rolling months have 30 days, quarters 90, years 365. */
export function shorthandMs(text: string): number | undefined {
  const [, count = '', letter = ''] = /^([1-9][0-9]*)([MQY])$/.exec(text) ?? [];
  const long = calendarLetters[letter];
  return long === undefined ? promDuration(text) : Number(count) * long.days * 86_400_000;
}

/** `1M` of the calendar, from a local date and time on. */
export function calendarWindow(
  text: string,
  { timeZone, startTime }: { readonly timeZone: string; readonly startTime: string },
): CalendarWindow | undefined {
  const [, count = '', letter = ''] = /^([1-9][0-9]*)([dwMQY])$/.exec(text) ?? [];
  const unit = calendarLetters[letter]?.unit;
  const anchor = startTime.trim().replace(' ', 'T');
  if (unit === undefined || Number.isNaN(Date.parse(`${anchor}Z`))) return undefined;
  return { kind: 'calendar', unit, count: Number(count), timeZone, anchor };
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // The only way to ask is to try.
    return false;
  }
}

/** The shortest way to write it for Prometheus: `90m`, `28d`. */
export function promText(ms: number): string {
  const [unit = 'ms', length = 1] =
    Object.entries(unitMs)
      .filter(([name]) => name !== 'w' && name !== 'y')
      .toReversed()
      .find(([, size]) => ms % size === 0) ?? [];
  return `${ms / length}${unit}`;
}
