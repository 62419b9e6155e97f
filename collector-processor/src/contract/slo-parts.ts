import { Type } from 'typebox';

const closed = { additionalProperties: false } as const;

export const SloCounts = Type.Object(
  {
    total: Type.Number({ description: 'Events; not whole where requests were sampled.' }),
    bad: Type.Number(),
  },
  { title: 'SloCounts', ...closed },
);

export const SloTierName = Type.Enum(['fast', 'medium', 'slow', 'trickle'], { type: 'string' });
