import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { SloBurner } from './slo-burned.ts';
import { SloCorrection } from './slo-correction.ts';
import { SloCrossing } from './slo-crossing.ts';
import { SloCounts } from './slo-parts.ts';

const closed = { additionalProperties: false } as const;

const SloMonth = Type.Object(
  {
    id: Type.String(),
    displayName: Type.String(),
    service: Type.String(),
    group: Type.Record(Type.String(), Type.String()),
    objective: Type.Number(),
    counts: SloCounts,
    takenOut: SloCounts,
    good: NumberOrNull('Share of good events.'),
    met: Type.Unsafe<boolean | null>({ type: ['boolean', 'null'], description: 'Null without events.' }),
    left: NumberOrNull('Of the budget of this month.'),
    leftUncorrected: NumberOrNull('The same without corrections.'),
    unknownMinutes: Type.Integer({ minimum: 0 }),
    crossings: Type.Array(SloCrossing),
    corrections: Type.Array(SloCorrection),
    burners: Type.Array(SloBurner, { description: 'What burned most, at most five.' }),
  },
  { title: 'SloMonth', ...closed },
);

export const SloReport = Type.Object(
  {
    month: Type.String({ description: 'Such as `2026-03`.' }),
    timeZone: Type.String(),
    fromMs: TimeMs('Begin of the month'),
    toMs: TimeMs('Its end'),
    complete: Type.Boolean({ description: 'False while it goes on.' }),
    slos: Type.Array(SloMonth, { description: 'Least budget first, unknown ones before them.' }),
  },
  { title: 'SloReport', ...closed, description: 'What became of all objectives in a month.' },
);
export type SloReport = Immutable<Static<typeof SloReport>>;

export const SloReportQuery = Type.Object(
  {
    month: Type.Optional(
      Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'The last one when absent.' }),
    ),
  },
  closed,
);
