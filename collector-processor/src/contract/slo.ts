import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { SloCounts, SloTierName } from './slo-parts.ts';

const closed = { additionalProperties: false } as const;

export const SloStatus = Type.Enum(
  [
    'exhausted',
    'burning_fast',
    'burning',
    'burning_slowly',
    'trickle',
    'rising',
    'recovering',
    'on_track',
    'too_few_events',
    'no_data',
    'implausible',
  ],
  {
    type: 'string',
    title: 'SloStatus',
    description:
      '`rising`: the short window of a tier burns, the long one not yet; `recovering`: the other way. `implausible`: more bad or ' +
      'good events than there were.',
  },
);
export type SloStatus = Static<typeof SloStatus>;

const Tier = Type.Object(
  {
    tier: SloTierName,
    alerts: Type.Enum(['page', 'ticket'], { type: 'string' }),
    state: Type.Enum(['calm', 'rising', 'recovering', 'waits', 'burning'], {
      type: 'string',
      description: '`waits`: over the limit, but of too few events.',
    }),
    limit: Type.Number({ description: 'Burn rate above which it burns.' }),
    shortWindow: Type.String({ description: 'Such as `5m`.' }),
    shortRate: NumberOrNull('How many times as fast as the budget allows; null without events.'),
    longWindow: Type.String(),
    longRate: NumberOrNull('The same over the long window.'),
    long: SloCounts,
  },
  { title: 'SloTier', ...closed },
);

export const Slo = Type.Object(
  {
    id: Type.String({
      description: 'Service and name, joined by `-`; of a group of a split objective `:` and the group behind them.',
    }),
    objectiveId: Type.String({ description: 'The same for all groups of an objective.' }),
    group: Type.Record(Type.String(), Type.String(), {
      description:
        'Labels by which a query splits its objective into several budgets; empty for one that is not split.',
    }),
    countedBy: Type.Enum(['requests', 'query'], {
      type: 'string',
      description: '`requests` that Sentinel sees, or a `query` to the metrics store.',
    }),
    name: Type.String(),
    displayName: Type.String(),
    description: Type.String(),
    service: Type.String(),
    labels: Type.Record(Type.String(), Type.String()),
    objective: Type.Number({ description: 'Share of events that must be good.' }),
    window: Type.String({ description: '`28d`, or `month` of the calendar.' }),
    rolling: Type.Boolean(),
    source: Type.String({ description: 'File and line.' }),
    status: SloStatus,
    fromMs: TimeMs('Since when the budget counts'),
    toMs: TimeMs('Until when; now for a rolling window'),
    counts: SloCounts,
    takenOut: SloCounts,
    unknownMinutes: Type.Integer({
      minimum: 0,
      description: 'Minutes of the window so far of which nobody knows how they were; only where queries count.',
    }),
    corrections: Type.Integer({ minimum: 0, description: 'How many are in force within the window.' }),
    allowed: Type.Number({ description: 'Events that may be bad.' }),
    left: NumberOrNull('1 at first, 0 when the budget is used up, below 0 beyond; null without events.'),
    leftUncorrected: NumberOrNull('The same without corrections.'),
    tiers: Type.Array(Tier),
    minEvents: Type.Integer({ description: 'Alerts wait for at least so many events, …' }),
    minFailures: Type.Integer({ description: '… of which so many are bad.' }),
    exhaustion: Type.Optional(
      Type.Object(
        {
          atMs: TimeMs('When the budget ends at this rate'),
          earliestMs: TimeMs('As early as chance lets it look'),
          latestMs: Type.Optional(TimeMs('As late as that; absent: perhaps not in this window')),
        },
        { title: 'SloExhaustion', ...closed, description: 'Absent where it does not end in this window.' },
      ),
    ),
  },
  { title: 'Slo', ...closed, description: 'An objective and what is left of its error budget.' },
);
export type Slo = Immutable<Static<typeof Slo>>;

export const SloList = Type.Object(
  {
    items: Type.Array(Slo, { description: 'Least budget first, unknown ones before them.' }),
    total: Type.Integer({ minimum: 0 }),
  },
  { title: 'SloList', ...closed },
);
export type SloList = Immutable<Static<typeof SloList>>;

export const SloQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of a name or a service.' })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    status: Type.Optional(Type.Array(SloStatus, { maxItems: 11 })),
  },
  closed,
);
export type SloQuery = Immutable<Static<typeof SloQuery>>;
