import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';
import { Series } from './series.ts';

export const ResourceKind = Type.Enum(
  ['disk', 'memory', 'connections', 'descriptors', 'quota', 'certificate', 'error_budget', 'other'],
  { type: 'string', title: 'ResourceKind', description: 'What runs out.' },
);
export type ResourceKind = Static<typeof ResourceKind>;

export const ForecastState = Type.Enum(['learning', 'steady', 'filling', 'short'], {
  type: 'string',
  title: 'ForecastState',
  description:
    '`learning`: too little was seen. `steady`: it does not grow towards its capacity. `filling`: it does, and has time. ' +
    '`short`: it runs out within the horizon and has a finding.',
});
export type ForecastState = Static<typeof ForecastState>;

export const DaysLeft = Type.Object(
  {
    soonest: NumberOrNull('Lower end of the 90 % interval.'),
    expected: NumberOrNull('When the forecast reaches the capacity.'),
    latest: NumberOrNull('Upper end of the 90 % interval.'),
  },
  { title: 'DaysLeft', additionalProperties: false, description: 'Days; null: not as far as can be seen.' },
);
export type DaysLeft = Immutable<Static<typeof DaysLeft>>;

const interval = {
  timeMs: TimeMs('Time that is meant'),
  expected: NumberOrNull('Expected use.'),
  lower: NumberOrNull('Lower end of its 90 % interval.'),
  upper: NumberOrNull('Upper end of its 90 % interval.'),
};

export const Forecast = Type.Object(
  {
    series: Series,
    kind: ResourceKind,
    unit: Type.String({ description: 'Of `used` and `capacity`.' }),
    title: Type.String(),
    state: ForecastState,
    sentence: Type.String({ description: 'Masked plain text.' }),
    timeMs: TimeMs('When it was last heard of'),
    used: NumberOrNull('What is used; of what counts down, how much is left.'),
    capacity: NumberOrNull('How much there is; 0 of what counts down.'),
    perDay: NumberOrNull('How much it grows a day.'),
    left: DaysLeft,
    at: Type.Array(Type.Object({ offset: Type.String(), ...interval }, { additionalProperties: false })),
  },
  { title: 'Forecast', additionalProperties: false, description: 'One resource, and when it runs out.' },
);
export type Forecast = Immutable<Static<typeof Forecast>>;

export const ForecastQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the title.' })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    kind: Type.Optional(Type.Array(ResourceKind, { maxItems: 8 })),
    state: Type.Optional(Type.Array(ForecastState, { maxItems: 4 })),
    within: Type.Optional(Type.Number({ minimum: 0, description: 'Those that may run out within so many days.' })),
    ...pageQuery,
  },
  { additionalProperties: false },
);
export type ForecastQuery = Immutable<Static<typeof ForecastQuery>>;

export const ForecastPage = Page(Forecast, 'ForecastPage');
export type ForecastPage = Immutable<Static<typeof ForecastPage>>;

export const WhatIfQuery = Type.Object(
  {
    growth: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1000, description: 'Factor on the growth; 1 when absent.' }),
    ),
    capacity: Type.Optional(
      Type.Number({ minimum: 0, description: 'Another capacity, in its unit; that of now when absent.' }),
    ),
  },
  { additionalProperties: false },
);
export type WhatIfQuery = Immutable<Static<typeof WhatIfQuery>>;

export const ForecastDetail = Type.Object(
  {
    forecast: Forecast,
    history: Type.Array(Type.Object({ timeMs: TimeMs('End of the step'), value: Type.Number() }), {
      description: 'Use so far: hourly, or each two minutes while there is too little.',
    }),
    ahead: Type.Array(Type.Object(interval, { additionalProperties: false })),
    supposed: DaysLeft,
  },
  {
    title: 'ForecastDetail',
    additionalProperties: false,
    description: '`supposed` is the answer to growth and capacity of the query.',
  },
);
export type ForecastDetail = Immutable<Static<typeof ForecastDetail>>;
