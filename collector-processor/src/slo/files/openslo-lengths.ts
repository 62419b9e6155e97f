import type { CalendarUnit, CalendarWindow } from '../../model/slo.ts';
import { promDuration } from '../../runtime/yaml/lengths-of-time.ts';

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
