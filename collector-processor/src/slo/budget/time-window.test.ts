import { expect, test } from '@jest/globals';
import type { CalendarWindow } from '../../model/slo.ts';
import { windowAt } from './time-window.ts';

const at = (text: string) => Date.parse(text);
const iso = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
  [fromMs, toMs].map((ms) => new Date(ms).toISOString());
const calendar = (over: Partial<CalendarWindow> = {}): CalendarWindow => ({
  kind: 'calendar',
  unit: 'month',
  count: 1,
  timeZone: 'UTC',
  anchor: '2024-01-01T00:00:00',
  ...over,
});

test('a rolling window ends now', () => {
  const now = at('2026-03-10T12:00:00Z');
  expect(windowAt({ kind: 'rolling', durationMs: 86_400_000 }, now)).toEqual({ fromMs: now - 86_400_000, toMs: now });
});

test('a month begins at midnight where people live, through daylight saving', () => {
  const window = calendar({ timeZone: 'Europe/Berlin' });
  expect(iso(windowAt(window, at('2026-03-31T21:59:59Z')))).toEqual([
    '2026-02-28T23:00:00.000Z',
    '2026-03-31T22:00:00.000Z',
  ]);
  expect(iso(windowAt(window, at('2026-03-31T22:00:00Z')))).toEqual([
    '2026-03-31T22:00:00.000Z',
    '2026-04-30T22:00:00.000Z',
  ]);
});

test.each([
  ['week', {}, '2026-03-11T10:00:00Z', ['2026-03-09T00:00:00.000Z', '2026-03-16T00:00:00.000Z']],
  ['quarter', {}, '2026-05-20T00:00:00Z', ['2026-04-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z']],
  ['year', {}, '2026-12-31T23:59:59Z', ['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']],
  ['day', { count: 2 }, '2024-01-04T12:00:00Z', ['2024-01-03T00:00:00.000Z', '2024-01-05T00:00:00.000Z']],
  [
    'month',
    { anchor: '2024-01-31T06:00:00' },
    '2024-03-01T00:00:00Z',
    ['2024-02-29T06:00:00.000Z', '2024-03-31T06:00:00.000Z'],
  ],
  ['month', {}, '2020-02-15T00:00:00Z', ['2020-02-01T00:00:00.000Z', '2020-03-01T00:00:00.000Z']],
] as const)('a %s %j holds %s', (unit, over, now, bounds) => {
  expect(iso(windowAt(calendar({ unit, ...over }), at(now)))).toEqual(bounds);
});

test('a window that would begin in the hour that spring leaves out begins right after it', () => {
  const window = calendar({ unit: 'day', timeZone: 'Europe/Berlin', anchor: '2024-01-01T02:30:00' });
  expect(iso(windowAt(window, at('2026-03-29T12:00:00Z')))[0]).toBe('2026-03-29T01:30:00.000Z');
});
