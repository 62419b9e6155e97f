import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';

export const CoverageState = Type.Enum(['scored', 'learning', 'silent', 'evicted', 'unsuitable'], {
  type: 'string',
  title: 'CoverageState',
  description: 'Whether a series is watched.',
});
export type CoverageState = Static<typeof CoverageState>;

export const CoverageTier = Type.Enum(['full', 'light'], {
  type: 'string',
  title: 'CoverageTier',
  description: '`full`: by all detectors; `light`: by mean and spread only, until a place is free.',
});

const count = Type.Integer({ minimum: 0 });

export const HistoryState = Type.Enum(['waiting', 'reading', 'learned', 'none', 'failed'], {
  type: 'string',
  title: 'HistoryState',
  description: 'What became of the history of a series in the metrics store.',
});
export type HistoryState = Static<typeof HistoryState>;

export const LearnedSeason = Type.Object(
  {
    periodMs: Type.Number({ minimum: 0, description: 'A day, a week, or a cycle that was found.' }),
    state: Type.Enum(['learning', 'used', 'unused'], {
      type: 'string',
      description: '`used`: it explains the series; `unused`: it explains nothing of it.',
    }),
    knownAtMs: Type.Optional(TimeMs('When it has seen enough, at the latest')),
    explained: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Share of the error without it that is gone with it.' }),
    ),
  },
  { title: 'LearnedSeason', additionalProperties: false, description: 'What a series does in the course of a period.' },
);
export type LearnedSeason = Immutable<Static<typeof LearnedSeason>>;

export const Learning = Type.Object(
  {
    sinceMs: TimeMs('It has learned from here on'),
    readyAtMs: Type.Optional(TimeMs('When judging starts; absent when it has')),
    dayKnownAtMs: Type.Optional(TimeMs('When it knows the times of the day; absent when it does')),
    weekKnownAtMs: Type.Optional(TimeMs('When it knows the times of the week; absent when it does')),
    seasons: Type.Optional(Type.Array(LearnedSeason)),
    history: Type.Optional(HistoryState),
  },
  { title: 'Learning', additionalProperties: false, description: 'What a series knows, and what it still waits for.' },
);
export type Learning = Immutable<Static<typeof Learning>>;

export const CoverageCounts = Type.Object(
  {
    scored: count,
    learning: count,
    silent: Type.Optional(Type.Integer({ minimum: 0, description: 'They, or their service, send nothing any more.' })),
    evicted: count,
    unsuitable: count,
    learnedAtMs: Type.Optional(TimeMs('When the last of the learning series is judged')),
    fromHistory: Type.Optional(count),
    awaitingHistory: Type.Optional(count),
    light: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Streams without a place of their own: only watched for being worth one.',
      }),
    ),
  },
  { title: 'CoverageCounts', additionalProperties: false, description: 'Series by state.' },
);
export type CoverageCounts = Immutable<Static<typeof CoverageCounts>>;

export const CoverageEntry = Type.Object(
  {
    seriesId: Type.String(),
    title: Type.String(),
    service: Type.String(),
    state: CoverageState,
    tier: Type.Optional(CoverageTier),
    streams: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Metric streams that it stands for, of the light tier.' }),
    ),
    why: Type.String({ description: 'A sentence.' }),
    sinceMs: TimeMs('In this state since'),
    readyAtMs: Type.Optional(TimeMs('When scoring starts, for learning series')),
    learning: Type.Optional(Learning),
  },
  { title: 'CoverageEntry', additionalProperties: false },
);
export type CoverageEntry = Immutable<Static<typeof CoverageEntry>>;

export const CoverageQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the title.' })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    state: Type.Optional(Type.Array(CoverageState, { maxItems: 5 })),
    tier: Type.Optional(CoverageTier),
    ...pageQuery,
  },
  { additionalProperties: false },
);
export type CoverageQuery = Immutable<Static<typeof CoverageQuery>>;

export const CoveragePage = Type.Object(
  { counts: CoverageCounts, ...Page(CoverageEntry, 'CoveragePage').properties },
  {
    title: 'CoveragePage',
    additionalProperties: false,
    description: '`counts` are over all series, whatever the filters.',
  },
);
export type CoveragePage = Immutable<Static<typeof CoveragePage>>;
