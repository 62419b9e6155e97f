import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';
import { Series } from './series.ts';
import { Signal } from './signal.ts';

export const AnomalyState = Type.Enum(['open', 'closed'], { type: 'string', title: 'AnomalyState' });
export type AnomalyState = Static<typeof AnomalyState>;

export const Border = Type.Enum(['notice', 'page'], {
  type: 'string',
  title: 'Border',
  description: 'Highest border that the score crossed. Only `page` may notify or act.',
});
export type Border = Static<typeof Border>;

export const Direction = Type.Enum(['up', 'down'], { type: 'string', title: 'Direction' });
export type Direction = Static<typeof Direction>;

export const Reason = Type.Object(
  {
    detector: Type.String(),
    score: NumberOrNull('Its own surprise.'),
    agreed: Type.Boolean({ description: 'Whether it agreed with the verdict.' }),
    text: Type.String(),
  },
  { title: 'Reason', additionalProperties: false, description: 'Why a detector spoke.' },
);
export type Reason = Immutable<Static<typeof Reason>>;

export const Factor = Type.Object(
  { name: Type.String(), factor: Type.Number({ minimum: 0, description: 'Above 1: raised.' }), text: Type.String() },
  { title: 'Factor', additionalProperties: false, description: 'What raised or lowered a score beside the detectors.' },
);

export const EarlierFinding = Type.Object(
  { id: Type.String(), startMs: TimeMs('Start of its first odd bucket'), border: Border },
  { title: 'EarlierFinding', additionalProperties: false, description: 'The last finding on the same series.' },
);

export const Anomaly = Type.Object(
  {
    id: Type.String({ description: '32 hex digits: the finding id, also the trace id of its span.' }),
    series: Series,
    state: AnomalyState,
    border: Border,
    startMs: TimeMs('Start of the first odd bucket'),
    peakMs: TimeMs('Time of the highest score'),
    endMs: TimeMs('End of the last odd bucket so far'),
    stepMs: Type.Number({ minimum: 0 }),
    observed: NumberOrNull('Value at the peak.'),
    expected: NumberOrNull('What was expected there.'),
    lower: NumberOrNull('Lower end of the band; null where it has none.'),
    upper: NumberOrNull('Upper end of the band; null where it has none.'),
    peakScore: Type.Number({ minimum: 0, description: '1 is the notice border.' }),
    direction: Direction,
    reasons: Type.Array(Reason),
    effectSize: Type.Optional(
      Type.Number({
        minimum: 0,
        description: 'Distance from the expected value, in distances of the end of the band.',
      }),
    ),
    factors: Type.Optional(Type.Array(Factor)),
    earlier: Type.Optional(EarlierFinding),
    explanation: Type.Optional(Type.String({ description: 'Why it has its score, in one sentence.' })),
    exampleTraceIds: Type.Array(Type.String()),
    exampleLines: Type.Array(Type.String(), { description: 'Masked.' }),
    detectorVersion: Type.String(),
    sentence: Type.String({ description: 'What, how much, what was expected. Masked plain text.' }),
    detectedAtMs: TimeMs('When Sentinel raised it'),
  },
  { title: 'Anomaly', additionalProperties: false, description: 'A finding: one event on one series.' },
);
export type Anomaly = Immutable<Static<typeof Anomaly>>;

export const AnomalySort = Type.Enum(['-startMs', 'startMs', '-peakScore'], {
  type: 'string',
  title: 'AnomalySort',
  description: 'A minus sorts downwards; `-startMs` when absent.',
});
export type AnomalySort = Static<typeof AnomalySort>;

export const AnomalyQuery = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 500 })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    signal: Type.Optional(Type.Array(Signal, { maxItems: 3 })),
    series: Type.Optional(Type.String({ maxLength: 64, description: 'Id of a series.' })),
    state: Type.Optional(AnomalyState),
    border: Type.Optional(Border),
    from: Type.Optional(TimeMs('Anomalies that end at or after this')),
    to: Type.Optional(TimeMs('Anomalies that start before this')),
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the sentence, in any case.' })),
    minScore: Type.Optional(Type.Number({ minimum: 0 })),
    sort: Type.Optional(AnomalySort),
    ...pageQuery,
  },
  { additionalProperties: false },
);
export type AnomalyQuery = Immutable<Static<typeof AnomalyQuery>>;

export const AnomalyPage = Page(Anomaly, 'AnomalyPage');
export type AnomalyPage = Immutable<Static<typeof AnomalyPage>>;
