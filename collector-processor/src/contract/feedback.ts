import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';
import { Measure, Signal } from './signal.ts';

const name = (description: string) => Type.Optional(Type.String({ maxLength: 1000, description }));
const closed = { additionalProperties: false } as const;

const TuningScope = Type.Object(
  {
    tenant: Type.String({ maxLength: 500 }),
    seriesId: name('One series.'),
    service: name('service.name.'),
    environment: name('deployment.environment.name.'),
    signal: Type.Optional(Signal),
    measure: Type.Optional(Measure),
    metric: name('As the sender names it.'),
    operation: name('Span name or route.'),
    peer: name('Callee of an edge.'),
  },
  {
    title: 'TuningScope',
    ...closed,
    description: 'Whom a rule concerns: everything that agrees in all that is named.',
  },
);

const minute = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 1440, description }));

const TuningWindow = Type.Object(
  {
    fromMs: Type.Optional(TimeMs('It begins to act')),
    toMs: Type.Optional(TimeMs('It ends to act')),
    days: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), {
        maxItems: 7,
        description: 'Of the week, UTC; 0 is Sunday.',
      }),
    ),
    fromMinute: minute('First minute of the day, UTC.'),
    toMinute: minute('Minute of the day at which it ends, UTC; before `fromMinute` for a stretch over midnight.'),
  },
  { title: 'TuningWindow', ...closed, description: 'When a rule acts; always, without one.' },
);

const positive = (description: string) => Type.Optional(Type.Number({ minimum: 0, description }));

export const Tuning = Type.Object(
  {
    scope: TuningScope,
    window: Type.Optional(TuningWindow),
    threshold: Type.Optional(
      Type.Number({
        minimum: 0.1,
        maximum: 1000,
        description: 'The score that is the notice border here; 1 is as shipped.',
      }),
    ),
    direction: Type.Optional(
      Type.Enum(['up', 'down', 'both'], { type: 'string', description: 'The direction that is news.' }),
    ),
    minimumChange: positive('A smaller change is no finding, in units of the measure.'),
    minimumShare: positive('A smaller change is no finding, as a share of what was expected.'),
  },
  {
    title: 'Tuning',
    ...closed,
    description: 'A rule on scores after the detectors agreed. What is absent stays as shipped.',
  },
);
export type Tuning = Immutable<Static<typeof Tuning>>;

const count = Type.Integer({ minimum: 0 });
const FindingCounts = Type.Object({ notices: count, pages: count }, { title: 'FindingCounts', ...closed });

const TuningEffect = Type.Object(
  {
    sources: Type.Array(Type.Enum(['ring', 'metrics_backend', 'findings'], { type: 'string' }), {
      description:
        'Where the scores came from: memory, the published score series, or the peaks of stored findings, for what has no ' +
        'score in each step.',
    }),
    fromMs: TimeMs('First score looked at'),
    toMs: TimeMs('Last score looked at'),
    series: count,
    seriesLeftOut: Type.Integer({
      minimum: 0,
      description: 'In scope, without stored scores or beyond what is looked at.',
    }),
    steps: count,
    isApproximate: Type.Boolean({
      description: 'Some scores are stored without their values and were taken as they are.',
    }),
    before: FindingCounts,
    after: FindingCounts,
  },
  {
    title: 'TuningEffect',
    ...closed,
    description: 'Findings in stored scores by the rules in force, and with this one.',
  },
);

const FeedbackState = Type.Enum(['proposed', 'accepted', 'rejected'], { type: 'string', title: 'FeedbackState' });
const FeedbackVerdict = Type.Enum(['expected', 'missed'], {
  type: 'string',
  title: 'FeedbackVerdict',
  description: '`expected`: it was no news. `missed`: it should have been found, or told louder.',
});

export const Feedback = Type.Object(
  {
    id: Type.String(),
    verdict: FeedbackVerdict,
    state: FeedbackState,
    anomalyId: Type.Optional(Type.String()),
    seriesId: Type.String(),
    title: Type.String(),
    fromMs: TimeMs('Start of what it is about'),
    toMs: TimeMs('End of what it is about'),
    note: Type.String(),
    rule: Tuning,
    why: Type.String({ description: 'What the rule was made from, a sentence.' }),
    effect: TuningEffect,
    createdAtMs: TimeMs('When it was given'),
    by: Type.String(),
    knownBy: Type.String({ description: 'How the name is known.' }),
    editedAtMs: Type.Optional(TimeMs('When the rule was edited last')),
    editedBy: Type.Optional(Type.String()),
    decidedAtMs: Type.Optional(TimeMs('When it was accepted or rejected')),
    decidedBy: Type.Optional(Type.String()),
    version: Type.Optional(Type.Integer({ description: 'Version of the rules that an accepted one made.' })),
  },
  {
    title: 'Feedback',
    ...closed,
    description: 'An opinion on a finding, the rule it proposes, and what that would have done.',
  },
);
export type Feedback = Immutable<Static<typeof Feedback>>;

export const FeedbackPost = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9._:-]{1,100}$',
        description: 'Chosen by the sender: posting it twice keeps one.',
      }),
    ),
    verdict: FeedbackVerdict,
    anomaly: Type.Optional(Type.String({ maxLength: 100, description: 'The finding; or `series`, `from` and `to`.' })),
    series: Type.Optional(Type.String({ maxLength: 64, description: 'The series on which something was missed.' })),
    from: Type.Optional(TimeMs('When it began')),
    to: Type.Optional(TimeMs('When it ended')),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { title: 'FeedbackPost', ...closed },
);
export type FeedbackPost = Immutable<Static<typeof FeedbackPost>>;

export const FeedbackEdit = Type.Object({ rule: Tuning }, { title: 'FeedbackEdit', ...closed });

export const FeedbackQuery = Type.Object(
  {
    state: Type.Optional(FeedbackState),
    series: Type.Optional(Type.String({ maxLength: 64 })),
    ...pageQuery,
  },
  { additionalProperties: false },
);

export const FeedbackPage = Page(Feedback, 'FeedbackPage');
export type FeedbackPage = Immutable<Static<typeof FeedbackPage>>;

export const TunedSettings = Type.Object(
  {
    noticeSurprise: Type.Optional(Type.Number()),
    pageScore: Type.Optional(Type.Number()),
    without: Type.Optional(Type.Array(Type.String())),
  },
  {
    title: 'TunedSettings',
    ...closed,
    description: 'Settings of `score` that were promoted from the shadow; they act in place of the configuration.',
  },
);

export const TuningVersion = Type.Object(
  {
    version: Type.Integer({ minimum: 0, description: '0: as shipped, without rules.' }),
    rules: Type.Array(Tuning),
    settings: Type.Optional(TunedSettings),
    atMs: TimeMs('Since when'),
    by: Type.String(),
    knownBy: Type.String(),
    why: Type.String({ description: 'A sentence.' }),
    feedbackId: Type.Optional(Type.String()),
  },
  { title: 'TuningVersion', ...closed, description: 'All rules at one time.' },
);
export type TuningVersion = Immutable<Static<typeof TuningVersion>>;

export const TuningVersionList = Type.Object(
  { items: Type.Array(TuningVersion), acting: Type.Integer({ description: 'The version that acts in this process.' }) },
  { title: 'TuningVersionList', ...closed, description: 'Newest first.' },
);
export type TuningVersionList = Immutable<Static<typeof TuningVersionList>>;

export const RollBack = Type.Object(
  { version: Type.Integer({ minimum: 0 }), why: Type.Optional(Type.String({ maxLength: 500 })) },
  { title: 'RollBack', ...closed },
);
