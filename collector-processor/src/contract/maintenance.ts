import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { SloScope } from './slo-correction.ts';

const closed = { additionalProperties: false } as const;
const Occurrence = Type.Object(
  { fromMs: TimeMs('Begin'), toMs: TimeMs('End') },
  { title: 'MaintenanceTime', ...closed },
);

export const MaintenanceWindow = Type.Object(
  {
    name: Type.String(),
    reason: Type.String(),
    scope: SloScope,
    begin: Type.String({ description: 'Local time of the first one.' }),
    durationMs: Type.Integer({ minimum: 1 }),
    repeat: Type.String({ description: 'As in iCalendar, such as `FREQ=WEEKLY;BYDAY=SU`; empty: once.' }),
    timeZone: Type.String(),
    now: Type.Optional(Occurrence),
    next: Type.Optional(Occurrence),
  },
  { title: 'MaintenanceWindow', ...closed },
);

export const MaintenanceList = Type.Object(
  { items: Type.Array(MaintenanceWindow) },
  { title: 'MaintenanceList', ...closed, description: 'Windows of `slo.maintenance`; each writes corrections.' },
);
export type MaintenanceList = Immutable<Static<typeof MaintenanceList>>;
