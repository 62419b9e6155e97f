import { Type } from 'typebox';
import { Duration, Text } from '../types.ts';
import { timeZone } from './calendar.ts';

/** One window, once or again and again. */
const maintenanceWindow = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$', description: 'Unique; part of the id of what it writes.' }),
    reason: Text('', 'Why; empty: its name.'),
    objective: Text('', 'Id of an SLO (service and name, joined by `-`); empty: any.'),
    service: Text('', '`service` of the SLOs; empty: any.'),
    labels: Type.Record(Type.String(), Type.String(), {
      default: {},
      description: 'Labels of the SLOs, or of the groups of a split one.',
    }),
    begin: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$',
      description: 'Local date and time of the first one, such as `2026-03-01T02:00`.',
    }),
    duration: Duration('1h', 'How long it takes.', { least: '1m', most: '14d' }),
    repeat: Text(
      '',
      'When it comes again, as in iCalendar: `FREQ=WEEKLY;BYDAY=SU`, `FREQ=MONTHLY;BYDAY=1SU`, with INTERVAL, BYMONTHDAY, UNTIL; empty: once.',
    ),
    time_zone: timeZone('UTC'),
  },
  { additionalProperties: false },
);

export const maintenanceSetting = Type.Array(maintenanceWindow, {
  default: [],
  maxItems: 100,
  description: 'Planned work: each time it comes it is taken out of the error budgets that it names.',
});
