import { dateTimeFormat, dateTimeFormatTimeAgo, systemDateFormats } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

/** Time of day to the second, in the form that this Grafana and the user's zone ask for. */
export function clock(timeMs: number, timeZone?: TimeZone): string {
  return dateTimeFormat(timeMs, {
    format: systemDateFormats.interval.second,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}

const DAY_MS = 86_400_000;

/** A time to come: of day when it is near, otherwise with its date. */
export function soon(timeMs: number): string {
  const { minute } = systemDateFormats.interval;
  return Math.abs(timeMs - Date.now()) < DAY_MS ? dateTimeFormat(timeMs, { format: minute }) : fullTime(timeMs);
}

/** Date and time with the zone: for tooltips. */
export function fullTime(timeMs: number): string {
  return dateTimeFormat(timeMs, { defaultWithMS: false, format: `${systemDateFormats.fullDate} Z` });
}

export function timeAgo(timeMs: number): string {
  return dateTimeFormatTimeAgo(timeMs);
}

/** "14 Sep 02:51": when the year goes without saying. */
export function shortDate(timeMs: number): string {
  return dateTimeFormat(timeMs, { format: 'D MMM HH:mm' });
}
