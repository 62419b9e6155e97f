import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';

const Evidence = Type.Object(
  { ref: Type.String(), sentence: Type.String() },
  { title: 'CitedEvidence', additionalProperties: false },
);

export const ToldSummary = Type.Object(
  {
    author: Type.Literal('language-model', { description: 'Nobody has checked it beyond its numbers and citations.' }),
    model: Type.String(),
    atMs: TimeMs('When it was told'),
    claims: Type.Array(
      Type.Object(
        { text: Type.String({ description: 'Plain text.' }), evidence: Type.Array(Evidence, { minItems: 1 }) },
        { title: 'Claim', additionalProperties: false },
      ),
    ),
    dropped: Type.Integer({
      minimum: 0,
      description: 'Sentences that were left out: they cite nothing, or say numbers that what they cite does not.',
    }),
  },
  {
    title: 'ToldSummary',
    additionalProperties: false,
    description: 'What is known of an incident in the words of a language model.',
  },
);
export type ToldSummary = Immutable<Static<typeof ToldSummary>>;
