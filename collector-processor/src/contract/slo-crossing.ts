import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { words } from './words.ts';

const closed = { additionalProperties: false } as const;

export const BurnLevel = words(
  'BurnLevel',
  ['none', 'trickle', 'slow', 'medium', 'fast', 'exhausted'],
  'How badly a budget burns, by the tier that burns.',
);

export const SloCrossing = Type.Object(
  {
    id: Type.String(),
    slo: Type.String({ description: 'Id of the SLO.' }),
    title: Type.String(),
    service: Type.String(),
    atMs: TimeMs('When it was seen'),
    from: BurnLevel,
    to: BurnLevel,
    rate: NumberOrNull('Burn rate over the long window of the tier.'),
    left: NumberOrNull('What was left of the budget.'),
  },
  { title: 'SloCrossing', ...closed, description: 'A budget began to burn, burned worse, or stopped.' },
);
export type SloCrossing = Immutable<Static<typeof SloCrossing>>;
