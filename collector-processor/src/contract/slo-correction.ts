import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';

const closed = { additionalProperties: false } as const;
const reason = Type.String({ minLength: 1, maxLength: 1000 });

export const SloScope = Type.Object(
  {
    objective: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description: 'Id of an SLO; of a split one also of all its groups.',
      }),
    ),
    service: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    labels: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 500 }), {
        minProperties: 1,
        maxProperties: 20,
        description: 'Of the objective, or of the group of a split one.',
      }),
    ),
  },
  {
    title: 'SloScope',
    minProperties: 1,
    ...closed,
    description: 'What it is about: all that is said has to fit.',
  },
);

export const SloCorrection = Type.Object(
  {
    id: Type.String(),
    fromMs: TimeMs('From when on'),
    toMs: TimeMs('Until before when'),
    scope: SloScope,
    reason: Type.String(),
    author: Type.String(),
    source: Type.Enum(['person', 'maintenance'], {
      type: 'string',
      description: '`maintenance`: written by a maintenance window of the configuration.',
    }),
    atMs: TimeMs('When it was written'),
    reversal: Type.Optional(
      Type.Object(
        { author: Type.String(), reason: Type.String(), atMs: TimeMs('When it was taken back') },
        { title: 'SloReversal', ...closed, description: 'Absent while it is in force.' },
      ),
    ),
  },
  {
    title: 'SloCorrection',
    ...closed,
    description: 'A range of time that is taken out of error budgets. Entries are added, never changed or removed.',
  },
);
export type SloCorrection = Immutable<Static<typeof SloCorrection>>;

export const SloCorrectionPost = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9._:-]{1,100}$',
        description: 'Chosen by the sender: posting it twice keeps one.',
      }),
    ),
    fromMs: TimeMs('From when on'),
    toMs: TimeMs('Until before when; may lie ahead'),
    scope: SloScope,
    reason,
  },
  { title: 'SloCorrectionPost', ...closed },
);
export type SloCorrectionPost = Immutable<Static<typeof SloCorrectionPost>>;

export const SloReversalPost = Type.Object({ reason }, { title: 'SloReversalPost', ...closed });

export const SloCorrectionQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(['in_force', 'reversed'], { type: 'string' })),
    from: Type.Optional(TimeMs('Corrections that end after this')),
    to: Type.Optional(TimeMs('Corrections that begin before this')),
    ...pageQuery,
  },
  closed,
);
export type SloCorrectionQuery = Immutable<Static<typeof SloCorrectionQuery>>;

export const SloCorrectionPage = Page(SloCorrection, 'SloCorrectionPage');
export type SloCorrectionPage = Immutable<Static<typeof SloCorrectionPage>>;
