import { Type } from 'typebox';
import { Text } from '../types.ts';

export const timeZone = (byDefault: string) =>
  Type.Refine(
    Text(
      byDefault,
      'Time zone by its IANA name (`Europe/Berlin`): hours and days of the week are those of its clocks.',
    ),
    (written) => typeof written !== 'string' || isTimeZone(written),
    () => 'must be an IANA time zone such as Europe/Berlin',
  );

const holidays = Text(
  '',
  'Holidays: ISO dates (`2026-12-25 --01-01`, the latter each year) or an iCalendar file (`${file:/etc/holidays.ics}`). They ' +
    'are compared with Sundays and teach nothing.',
);

const scope = Type.Object(
  {
    service: Text('', '`service.name`; empty: any.'),
    namespace: Text('', '`service.namespace`; empty: any.'),
    environment: Text('', '`deployment.environment.name`; empty: any.'),
    time_zone: timeZone('UTC'),
    holidays,
  },
  { additionalProperties: false },
);

/** Whose clocks the days of a series go by. */
export const calendarSection = Type.Object(
  {
    time_zone: timeZone('UTC'),
    holidays,
    scopes: Type.Array(scope, {
      default: [],
      maxItems: 100,
      description: 'Other clocks for some services; of several that fit the first one counts.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Whose clocks and holidays the series keep to.' },
);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
