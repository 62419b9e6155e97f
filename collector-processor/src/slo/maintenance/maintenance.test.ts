import { describe, expect, test } from '@jest/globals';
import { type MaintenanceOptions, occurrences, scopeOf } from './maintenance-window.ts';
import { readRepeat } from './repeat.ts';

const hour = 3_600_000;

function aWindow(over: Partial<MaintenanceOptions> = {}): MaintenanceOptions {
  const about = { name: 'patches', reason: 'Patches', objective: '', service: 'shop', labels: {} };
  return { ...about, begin: '2026-03-01T02:00', duration: 2 * hour, repeat: '', timeZone: 'UTC', ...over };
}

/** When it begins, between two dates. */
const begins = (over: Partial<MaintenanceOptions>, from: string, to: string) =>
  occurrences(aWindow(over), { fromMs: Date.parse(from), toMs: Date.parse(to) }).map(({ fromMs }) =>
    new Date(fromMs).toISOString().slice(0, 16),
  );

describe('a maintenance window', () => {
  test('comes once, whole, where it touches the time', () => {
    expect(begins({}, '2026-03-01T03:59:00Z', '2026-03-02T00:00:00Z')).toEqual(['2026-03-01T02:00']);
    expect(begins({}, '2026-03-01T04:00:00Z', '2026-04-01T00:00:00Z')).toEqual([]);
  });

  test('comes every second week by the clocks of its place, also when these are changed', () => {
    const weekly = { repeat: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', timeZone: 'Europe/Berlin' };
    expect(begins(weekly, '2026-03-01T00:00:00Z', '2026-04-13T00:00:00Z')).toEqual([
      '2026-03-01T01:00',
      '2026-03-15T01:00',
      // Clocks show 03:00 when 02:00 would be.
      '2026-03-29T01:00',
      '2026-04-12T00:00',
    ]);
  });

  test('comes on days of a month, from its begin or its end', () => {
    const first = { repeat: 'FREQ=MONTHLY;BYDAY=1SU' };
    expect(begins(first, '2026-03-01T00:00:00Z', '2026-06-01T00:00:00Z')).toEqual([
      '2026-03-01T02:00',
      '2026-04-05T02:00',
      '2026-05-03T02:00',
    ]);
    expect(begins({ repeat: 'FREQ=MONTHLY;BYDAY=-1FR' }, '2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z')).toEqual([
      '2026-03-27T02:00',
      '2026-04-24T02:00',
    ]);
    expect(begins({ repeat: 'FREQ=MONTHLY;BYMONTHDAY=-1' }, '2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z')).toEqual([
      '2026-03-31T02:00',
      '2026-04-30T02:00',
    ]);
    expect(begins({ repeat: 'FREQ=MONTHLY' }, '2026-03-02T00:00:00Z', '2026-05-02T00:00:00Z')).toHaveLength(2);
  });

  test('comes daily until a day, and one that began the evening before is still there', () => {
    const daily = { repeat: 'FREQ=DAILY;UNTIL=20260303', begin: '2026-03-01T23:00', duration: 3 * hour };
    expect(begins(daily, '2026-03-02T01:00:00Z', '2026-03-09T00:00:00Z')).toEqual([
      '2026-03-01T23:00',
      '2026-03-02T23:00',
      '2026-03-03T23:00',
    ]);
  });

  test('never comes before its first time', () => {
    expect(begins({ repeat: 'FREQ=DAILY' }, '2026-02-01T00:00:00Z', '2026-03-02T00:00:00Z')).toEqual([
      '2026-03-01T02:00',
    ]);
  });

  test('is about what is said of it', () => {
    expect(scopeOf(aWindow())).toEqual({ service: 'shop' });
    expect(scopeOf(aWindow({ service: '', objective: 'shop-errors', labels: { zone: 'a' } }))).toEqual({
      objective: 'shop-errors',
      labels: { zone: 'a' },
    });
  });
});

test.each([
  ['', 'not ""'],
  ['FREQ=HOURLY', 'needs FREQ'],
  ['INTERVAL=2', 'needs FREQ'],
  ['FREQ=DAILY;COUNT=3', 'not "COUNT"'],
  ['FREQ=DAILY;INTERVAL=0', 'whole number'],
  ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY=MO'],
  ['FREQ=WEEKLY;BYDAY=1SU', 'only with FREQ=MONTHLY'],
  ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY=1'],
  ['FREQ=DAILY;UNTIL=soon', 'UNTIL=20261231'],
])('%j is refused with what is known instead', (text, message) => {
  expect(readRepeat(text)).toEqual({ kind: 'fault', message: expect.stringContaining(message) });
});
