import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { SloCorrection } from './slo-correction.ts';
import { SloCrossing } from './slo-crossing.ts';
import { SloCounts, SloTierName } from './slo-parts.ts';

const closed = { additionalProperties: false } as const;

/** `data` of the server-sent event `budget`. */
export const SloNotice = Type.Object({ crossing: SloCrossing }, { title: 'SloNotice', ...closed });
export type SloNotice = Immutable<Static<typeof SloNotice>>;

export const SloRangeQuery = Type.Object(
  {
    from: Type.Optional(TimeMs('From when on; the window of the SLO when absent')),
    to: Type.Optional(TimeMs('Until before when; now when absent')),
  },
  closed,
);

export const SloHistoryQuery = Type.Object(
  { ...SloRangeQuery.properties, step: Type.Optional(Type.Enum(['hour', 'day'], { type: 'string' })) },
  closed,
);
export type SloHistoryQuery = Immutable<Static<typeof SloHistoryQuery>>;

const Column = (description: string) => Type.Array(NumberOrNull('Null where nobody knows.'), { description });

export const SloHistory = Type.Object(
  {
    id: Type.String(),
    fromMs: TimeMs('Begin of the first step'),
    toMs: TimeMs('End of the last one'),
    stepMs: Type.Integer({ minimum: 1 }),
    timeMs: Type.Array(Type.Number(), { description: 'Ends of the steps; the other columns are as long.' }),
    left: Column('What was left of the budget then, over the window up to it.'),
    leftUncorrected: Column('The same without corrections.'),
    total: Column('Events of the step, without what was corrected.'),
    bad: Column('Bad ones of them.'),
    rates: Type.Array(
      Type.Object(
        {
          window: Type.String({ description: 'Such as `1h`.' }),
          tiers: Type.Array(SloTierName, { description: 'Tiers that look at it.' }),
          limit: Type.Number({ description: 'The lowest burn rate above which one of them burns.' }),
          rate: Column('Burn rate over the window before the end of each step.'),
        },
        { title: 'SloRates', ...closed },
      ),
    ),
    corrections: Type.Array(
      Type.Object(
        {
          correction: SloCorrection,
          takenOut: SloCounts,
          share: NumberOrNull(
            'By how much of the budget it changes what is left, in the window that ends with the range.',
          ),
        },
        { title: 'SloCorrected', ...closed },
      ),
      { description: 'Those in force within the range.' },
    ),
    gaps: Type.Array(Type.Object({ fromMs: TimeMs('Begin'), toMs: TimeMs('End') }, { title: 'SloGap', ...closed }), {
      description:
        'Time of which nobody knows how it was; neither good nor bad. Only of SLOs that are counted by queries.',
    }),
    crossings: Type.Array(SloCrossing, { description: 'Oldest first.' }),
  },
  { title: 'SloHistory', ...closed, description: 'How an error budget came to be what it is.' },
);
export type SloHistory = Immutable<Static<typeof SloHistory>>;
