import { Type, type Static } from 'typebox';
import { CoverageState, Learning } from './coverage.ts';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';
import { Measure, PointKind, Signal } from './signal.ts';

export const Series = Type.Object(
  {
    id: Type.String({ description: '16 hex digits, stable over restarts.' }),
    tenant: Type.String(),
    signal: Signal,
    measure: Measure,
    service: Type.String(),
    namespace: Type.String(),
    environment: Type.String(),
    metric: Type.Optional(Type.String({ description: 'Metric as the sender names it.' })),
    unit: Type.Optional(Type.String()),
    pointKind: Type.Optional(PointKind),
    operation: Type.Optional(Type.String({ description: 'Span name or route.' })),
    peer: Type.Optional(Type.String({ description: 'Callee of an edge.' })),
    template: Type.Optional(Type.String({ description: 'Masked log template.' })),
    severity: Type.Optional(Type.String()),
    attributes: Type.Record(Type.String(), Type.String(), { description: 'Tell series of one metric apart.' }),
  },
  { title: 'Series', additionalProperties: false, description: 'One stream of numbers that is scored.' },
);
export type Series = Immutable<Static<typeof Series>>;

export const SeriesEntry = Type.Object(
  {
    series: Series,
    title: Type.String({ description: 'A name to show, for example "latency p95 of GET /cart in cart".' }),
    state: CoverageState,
    lastTimeMs: Type.Optional(TimeMs('End of the last closed bucket')),
    lastValue: Type.Optional(NumberOrNull('Value of the last closed bucket.')),
    learning: Type.Optional(Learning),
    lastScore: Type.Optional(NumberOrNull('Score of the last closed bucket.')),
  },
  { title: 'SeriesEntry', additionalProperties: false },
);
export type SeriesEntry = Immutable<Static<typeof SeriesEntry>>;

export const SeriesQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the title.' })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    signal: Type.Optional(Type.Array(Signal, { maxItems: 3 })),
    state: Type.Optional(CoverageState),
    ...pageQuery,
  },
  { additionalProperties: false },
);
export type SeriesQuery = Immutable<Static<typeof SeriesQuery>>;

export const SeriesPage = Page(SeriesEntry, 'SeriesPage');
export type SeriesPage = Immutable<Static<typeof SeriesPage>>;

const column = (description: string) => Type.Array(NumberOrNull(description), { description });

/** Columns of equal length, one entry a bucket, oldest first: the shape of a Grafana data frame. */
export const SeriesHistory = Type.Object(
  {
    series: Series,
    title: Type.String(),
    stepMs: Type.Integer({ minimum: 1 }),
    timeMs: Type.Array(TimeMs('End of the bucket')),
    value: column('What was measured.'),
    score: column('>= 0; 1 is the notice border.'),
    expected: column('What was expected.'),
    lower: column('Lower end of the band.'),
    upper: column('Upper end of the band.'),
  },
  { title: 'SeriesHistory', additionalProperties: false },
);
export type SeriesHistory = Immutable<Static<typeof SeriesHistory>>;

export const SeriesHistoryQuery = Type.Object(
  { from: Type.Optional(TimeMs('Oldest bucket')), to: Type.Optional(TimeMs('Newest bucket')) },
  { additionalProperties: false },
);
export type SeriesHistoryQuery = Immutable<Static<typeof SeriesHistoryQuery>>;
