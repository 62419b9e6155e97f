import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Series } from './series.ts';
import { words } from './words.ts';

const Side = Type.Object(
  { steps: Type.Integer({ minimum: 0 }), mean: Type.Number() },
  { title: 'WindowSide', additionalProperties: false },
);

const ChangedSeries = Type.Object(
  {
    series: Series,
    title: Type.String(),
    statistic: Type.Number({ description: 'Greatest distance of the two distributions (Kolmogorov-Smirnov), 0 to 1.' }),
    pValue: Type.Number({ description: 'Chance of that distance without any change.' }),
    volume: Type.Number({
      description: 'What came in the window beyond what the time before would have brought; in its unit times steps.',
    }),
    share: Type.Number({
      description: 'The volume as a share of what the time before would have brought; 1 is twice as much.',
    }),
    before: Side,
    window: Side,
  },
  { title: 'ChangedSeries', additionalProperties: false },
);
export type ChangedSeries = Immutable<Static<typeof ChangedSeries>>;

export const WindowChanges = Type.Object(
  {
    items: Type.Array(ChangedSeries),
    compared: Type.Integer({ minimum: 0, description: 'Series that were kept in both stretches of time.' }),
    complete: Type.Boolean({ description: 'False: cut at the limit.' }),
  },
  { title: 'WindowChanges', additionalProperties: false, description: 'Series that changed in a window.' },
);
export type WindowChanges = Immutable<Static<typeof WindowChanges>>;

export const WindowQuery = Type.Object(
  {
    from: TimeMs('Start of the window'),
    to: TimeMs('End of the window'),
    before: Type.Optional(
      TimeMs(
        'Start of the time before that it is compared with; by default as long as the window, at least ten minutes',
      ),
    ),
    tenant: Type.Optional(Type.String({ maxLength: 500 })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    order: Type.Optional(
      words('WindowOrder', ['ks', 'volume'], 'By distance of the distributions, or by share of volume.'),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  },
  { additionalProperties: false },
);
