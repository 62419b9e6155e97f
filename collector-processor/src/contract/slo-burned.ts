import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { Severity } from './impact.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { words } from './words.ts';

const closed = { additionalProperties: false } as const;

export const BurnerKind = words(
  'BurnerKind',
  ['incident', 'change'],
  '`change`: bad events soon after it, outside of incidents.',
);

const spent = {
  bad: Type.Number({ description: 'Bad events; those that several burned are shared among them.' }),
  share: NumberOrNull('Of the budget: 0.1 is a tenth of all events that may be bad.'),
};

export const SloBurner = Type.Object(
  {
    kind: BurnerKind,
    id: Type.String(),
    title: Type.String(),
    service: Type.String(),
    severity: Type.Optional(Severity),
    fromMs: TimeMs('Begin'),
    toMs: TimeMs('End'),
    ...spent,
  },
  { title: 'SloBurner', ...closed },
);
export type SloBurner = Immutable<Static<typeof SloBurner>>;

export const SloBurned = Type.Object(
  {
    id: Type.String(),
    fromMs: TimeMs('From when on'),
    toMs: TimeMs('Until before when'),
    ...spent,
    items: Type.Array(SloBurner, { description: 'What burned most first.' }),
    rest: Type.Object(spent, { title: 'SloBurnedRest', ...closed, description: 'What nothing known explains.' }),
  },
  { title: 'SloBurned', ...closed, description: 'What burned an error budget. Corrected time is left out.' },
);
export type SloBurned = Immutable<Static<typeof SloBurned>>;
