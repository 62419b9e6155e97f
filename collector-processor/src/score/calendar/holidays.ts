const DAY_MS = 86_400_000;
/** Days of one event that are believed; a longer one is a mistake. */
const LONGEST_DAYS = 62;
const MOST_DAYS = 10_000;

/** Days of the epoch, and days of the year (`MMDD`) that come back each year. */
export interface Holidays {
  readonly days: ReadonlySet<number>;
  readonly yearly: ReadonlySet<string>;
}

/**
 * Reads ISO dates (`2026-12-25`, one after the other, whatever stands between them; `--12-25` for each year) or an iCalendar
 * file (RFC 5545): events of whole days, from DTSTART up to DTEND, and those that come back with `FREQ=YEARLY` and no other rule.
 */
export function readHolidays(text: string): Holidays {
  const isCalendar = text.includes('BEGIN:VCALENDAR');
  return isCalendar ? readCalendar(text) : readDates(text);
}

/** `day` since the epoch. */
export function isHoliday({ days, yearly }: Holidays, day: number): boolean {
  return days.has(day) || (yearly.size > 0 && yearly.has(new Date(day * DAY_MS).toISOString().slice(5, 10)));
}

function readDates(text: string): Holidays {
  const days = new Set<number>();
  const yearly = new Set<string>();
  for (const [, year, rest = ''] of text.matchAll(/(\d{4}|-)-(\d{2}-\d{2})/g)) {
    if (year === '-') yearly.add(rest);
    else addDay(days, Date.parse(`${year ?? ''}-${rest}`));
  }
  return { days, yearly };
}

function readCalendar(text: string): Holidays {
  const days = new Set<number>();
  const yearly = new Set<string>();
  // A line that begins with a blank goes on with the one before.
  const events = text
    .replace(/\r?\n[ \t]/g, '')
    .split('BEGIN:VEVENT')
    .slice(1);
  for (const event of events) {
    const startMs = dateOf(event, 'DTSTART');
    if (Number.isNaN(startMs)) continue;
    const endMs = dateOf(event, 'DTEND');
    const rule = /^RRULE:(.*?)\r?$/m.exec(event)?.[1] ?? '';
    const length = Number.isNaN(endMs) ? 1 : Math.min(LONGEST_DAYS, Math.max(1, (endMs - startMs) / DAY_MS));
    for (let day = 0; day < length; day++) {
      const timeMs = startMs + day * DAY_MS;
      addDay(days, timeMs);
      if (/^FREQ=YEARLY(;INTERVAL=1)?$/.test(rule)) yearly.add(new Date(timeMs).toISOString().slice(5, 10));
    }
  }
  return { days, yearly };
}

/** NaN for an event at a time of the day: that is no holiday. */
function dateOf(event: string, name: 'DTSTART' | 'DTEND'): number {
  const found = new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(\\d{4})(\\d{2})(\\d{2})\\r?$`, 'm').exec(event);
  return found === null ? NaN : Date.parse(found.slice(1, 4).join('-'));
}

function addDay(days: Set<number>, timeMs: number): void {
  if (!Number.isNaN(timeMs) && days.size < MOST_DAYS) days.add(Math.floor(timeMs / DAY_MS));
}
