import { Type, type Static } from 'typebox';
import { Tuning } from './feedback.ts';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Series } from './series.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ minimum: 0, description });

const ShadowSettings = Type.Object(
  {
    noticeSurprise: Type.Number(),
    pageScore: Type.Number(),
    without: Type.Array(Type.String(), { description: 'Detectors, and questions, that are not asked.' }),
    rules: Type.Array(Tuning),
  },
  { title: 'ShadowSettings', ...closed, description: 'What a configuration says of verdicts.' },
);

const ShadowNote = Type.Object(
  {
    kind: Type.Enum(['raised', 'missed'], {
      type: 'string',
      description: '`missed`: it was told live, and the shadow would not have.',
    }),
    series: Series,
    title: Type.String(),
    startMs: TimeMs('First odd step'),
    endMs: TimeMs('Last odd step'),
    isOpen: Type.Boolean(),
    peakScore: Type.Number({ description: 'Of the shadow; of the live finding that it missed.' }),
    isPage: Type.Boolean(),
    beside: Type.Enum(['series', 'service', 'alone'], {
      type: 'string',
      description: 'On a series that had a live finding, on a service that had one, or by itself.',
    }),
    anomalyId: Type.Optional(Type.String({ description: 'The live finding that was missed.' })),
    incidentId: Type.Optional(Type.String({ description: 'An incident of that service at that time.' })),
  },
  { title: 'ShadowNote', ...closed },
);

const ShadowReport = Type.Object(
  {
    sinceMs: TimeMs('What is counted began'),
    settings: ShadowSettings,
    live: ShadowSettings,
    sharesScores: Type.Boolean({
      description: 'It judges the scores of the live detectors; otherwise a copy of them learns by itself.',
    }),
    series: count('That are compared.'),
    seriesLeftOut: count('Without a place among them (score.shadow.max_series).'),
    steps: count('That were compared.'),
    raised: count('Findings that it would have raised.'),
    pages: count('Of these, pages.'),
    besideSeries: count('Of these, on a series with a live finding.'),
    besideService: count('Of these, on another series of a service with a live finding.'),
    alone: count('Of these, where nothing was live.'),
    liveRaised: count('Live findings on the same series that are over.'),
    missed: count('Of these, those that it would have missed.'),
    looked: count('Findings of the shadow in `notes`.'),
    insideIncidents: count('Of these, within an incident of the same service.'),
    notes: Type.Array(ShadowNote, { description: 'Newest first.' }),
  },
  { title: 'ShadowReport', ...closed },
);

export const Shadow = Type.Object(
  {
    state: Type.Enum(['off', 'running'], { type: 'string' }),
    report: Type.Optional(ShadowReport),
  },
  { title: 'Shadow', ...closed, description: 'What a second configuration would have told.' },
);
export type Shadow = Immutable<Static<typeof Shadow>>;

export const Promotion = Type.Object(
  { why: Type.Optional(Type.String({ maxLength: 500 })) },
  { title: 'Promotion', ...closed },
);
