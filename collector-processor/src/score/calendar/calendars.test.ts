import { describe, expect, test } from '@jest/globals';
import { WallClock } from '../../runtime/wall-clock.ts';
import { Calendars } from './calendars.ts';
import { isHoliday, readHolidays } from './holidays.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const shown = (clock: WallClock, utc: string): string => new Date(clock.at(Date.parse(utc))).toISOString().slice(0, 16);

describe('clocks on the wall', () => {
  test('go by daylight saving in spring and in autumn', () => {
    const berlin = new WallClock('Europe/Berlin');
    expect(shown(berlin, '2026-03-29T00:59:00Z')).toBe('2026-03-29T01:59');
    expect(shown(berlin, '2026-03-29T01:00:00Z')).toBe('2026-03-29T03:00');
    expect(shown(berlin, '2026-10-25T00:30:00Z')).toBe('2026-10-25T02:30');
    expect(shown(berlin, '2026-10-25T01:30:00Z')).toBe('2026-10-25T02:30');
    expect(shown(berlin, '2026-10-25T02:30:00Z')).toBe('2026-10-25T03:30');
  });

  test('may be ahead by a part of an hour, behind, and show another day', () => {
    expect(shown(new WallClock('Asia/Kathmandu'), '2026-01-31T20:00:00Z')).toBe('2026-02-01T01:45');
    expect(shown(new WallClock('America/St_Johns'), '2026-01-01T01:00:00Z')).toBe('2025-12-31T21:30');
    expect(shown(new WallClock('UTC'), '2026-01-01T00:00:00Z')).toBe('2026-01-01T00:00');
  });

  test('say the same whatever was asked before', () => {
    const [asked, fresh] = [new WallClock('Europe/Berlin'), () => new WallClock('Europe/Berlin')];
    for (let day = 0; day < 400; day += 7) {
      const timeMs = Date.UTC(2026, 0, 1) + day * DAY_MS;
      expect(asked.at(timeMs)).toBe(fresh().at(timeMs));
    }
  });

  test('of a zone that does not exist are refused', () => {
    expect(() => new WallClock('Europe/Atlantis')).toThrow(RangeError);
  });
});

const day = (date: string): number => Date.parse(date) / DAY_MS;

describe('holidays', () => {
  test('are ISO dates, of one year or of each', () => {
    const holidays = readHolidays('2026-04-03, 2026-04-06\n--12-25 nonsense 2026-13-40');
    const free = ['2026-04-03', '2026-04-06', '2026-12-25', '2031-12-25'];
    for (const date of free) expect(isHoliday(holidays, day(date))).toBe(true);
    for (const date of ['2026-04-04', '2027-04-03', '2026-12-24']) expect(isHoliday(holidays, day(date))).toBe(false);
  });

  test('are whole days of an iCalendar file', () => {
    const text = [
      'BEGIN:VCALENDAR',
      ...[
        'BEGIN:VEVENT',
        'DTSTART;VALUE=DATE:20261224',
        'DTEND;VALUE=DATE:20261227',
        'SUMMARY:a long',
        '  name',
        'END:VEVENT',
      ],
      ...['BEGIN:VEVENT', 'DTSTART;VALUE=D', ' ATE:20260101', 'RRULE:FREQ=YEARLY', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'DTSTART:20260505T100000Z', 'DTEND:20260505T110000Z', 'END:VEVENT'],
      'END:VCALENDAR',
    ].join('\r\n');
    const holidays = readHolidays(text);
    const free = ['2026-12-24', '2026-12-25', '2026-12-26', '2026-01-01', '2030-01-01'];
    for (const date of free) expect(isHoliday(holidays, day(date))).toBe(true);
    for (const date of ['2026-12-27', '2027-12-24', '2026-05-05']) expect(isHoliday(holidays, day(date))).toBe(false);
  });

  test('that last for years, or are no dates, do no harm', () => {
    const endless =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:99990101\nEND:VEVENT\n';
    expect(readHolidays(endless).days.size).toBe(62);
    expect(readHolidays('').days.size).toBe(0);
    expect(readHolidays('BEGIN:VCALENDAR').days.size).toBe(0);
  });
});

test('a scope has clocks and holidays of its own, and the first that fits counts', () => {
  const anywhere = { service: '', namespace: '', environment: '' };
  const calendars = new Calendars({
    ...{ timeZone: 'UTC', holidays: '2026-05-01' },
    scopes: [
      { ...anywhere, service: 'checkout', timeZone: 'Asia/Tokyo', holidays: '' },
      { ...anywhere, environment: 'eu', timeZone: 'Europe/Berlin', holidays: '--10-03' },
    ],
  });
  const of = (service: string, environment: string) => calendars.of({ service, namespace: 'shop', environment });
  expect(of('checkout', 'eu').timeZone).toBe('Asia/Tokyo');
  expect(of('cart', 'eu').timeZone).toBe('Europe/Berlin');
  expect(of('cart', 'us').timeZone).toBe('UTC');
  const free = (timeMs: number, environment: string): boolean => of('cart', environment).isHoliday(timeMs);
  expect([free(Date.UTC(2026, 4, 1, 23), 'us'), free(Date.UTC(2026, 4, 2), 'us')]).toEqual([true, false]);
  expect([free(Date.UTC(2026, 4, 1), 'eu'), free(Date.UTC(2028, 9, 3), 'eu')]).toEqual([false, true]);
});
