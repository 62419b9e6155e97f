import { Type } from 'typebox';
import { TimeMs } from './nullable.ts';
import { words } from './words.ts';

const verdict = words(
  'CauseVerdict',
  ['supported', 'contradicted', 'undecided'],
  'What the evidence comes to. A rank is not a calibrated chance, so there is no percentage.',
);
const headline = {
  kind: words(
    'CauseKind',
    ['change', 'saturation', 'failure', 'error', 'symptom', 'operational'],
    '`symptom`: it may come from elsewhere; `operational`: it needs no change.',
  ),
  title: Type.String(),
  service: Type.String(),
  verdict,
  confidence: words('Confidence', ['high', 'medium', 'low', ''], 'Beside `supported` only.'),
};

export const CauseHeadline = Type.Object(
  { ...headline, atMs: Type.Optional(TimeMs('When a change took effect')) },
  { title: 'CauseHeadline', additionalProperties: false },
);

export const CauseEvidence = Type.Object(
  {
    sentence: Type.String(),
    fromMs: TimeMs('Start of what shows it'),
    toMs: TimeMs('End of what shows it'),
    seriesId: Type.Optional(Type.String()),
    template: Type.Optional(Type.String({ description: 'A kind of log line.' })),
    changeId: Type.Optional(Type.String()),
    traceIds: Type.Optional(Type.Array(Type.String(), { description: 'Traces that show it.' })),
  },
  { title: 'CauseEvidence', additionalProperties: false },
);

export const CauseCandidate = Type.Object(
  {
    ...headline,
    supporting: Type.Array(CauseEvidence),
    contradicting: Type.Array(CauseEvidence),
    missing: Type.Array(Type.String(), { description: 'What could not be looked at.' }),
  },
  { title: 'CauseCandidate', additionalProperties: false },
);

export const CauseList = Type.Object(
  {
    caseId: Type.String({ description: 'Of what was ranked: the same one gives the same list.' }),
    version: Type.String(),
    candidates: Type.Array(CauseCandidate, { description: 'Best first.' }),
  },
  { title: 'CauseList', additionalProperties: false },
);
