import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { Series } from './series.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ minimum: 0, description });

const FaultKind = Type.Enum(['point', 'level', 'trend', 'spread', 'silence'], {
  type: 'string',
  title: 'FaultKind',
  description:
    '`point`: one step, or two of less than a minute. `trend`: evenly up to the size in its last step. `spread`: distances ' +
    'from what is expected grow, until an ordinary one is half the size.',
});

const measured = {
  recall: NumberOrNull('Share that was found; null before the first has ended.'),
  delaySteps: NumberOrNull('Median steps until it was found; 0 is the first step of the fault.'),
};

const DrillKind = Type.Object(
  {
    kind: FaultKind,
    running: count('Under way.'),
    found: count('Of the newest ones.'),
    missed: count('Of the newest ones.'),
    voided: count('Without a result: something real was odd meanwhile, or nothing came any more.'),
    ...measured,
    detectors: Type.Array(
      Type.Object({ detector: Type.String(), ...measured }, { title: 'DetectorDrills', ...closed }),
      { description: 'Each by itself: whether it came past three quarters of the border.' },
    ),
  },
  { title: 'DrillKind', ...closed },
);

const MissedDrill = Type.Object(
  {
    kind: FaultKind,
    series: Series,
    title: Type.String(),
    startMs: TimeMs('Before its first step'),
    endMs: TimeMs('Its last step'),
    change: NumberOrNull('How far the value was moved, in units of the measure; null where none is.'),
    peakScore: Type.Number(),
  },
  { title: 'MissedDrill', ...closed },
);

export const Drills = Type.Object(
  {
    state: Type.Enum(['off', 'running'], { type: 'string' }),
    sinceMs: Type.Optional(TimeMs('What is counted began')),
    size: Type.Optional(
      Type.Number({
        description: 'How far values go, as many times as the end of the band around what is expected (`yhat_upper`).',
      }),
    ),
    steps: Type.Optional(count('How long a fault lasts.')),
    kinds: Type.Array(DrillKind),
    missed: Type.Array(MissedDrill, { description: 'Newest first.' }),
  },
  { title: 'Drills', ...closed, description: 'What became of small faults in copies of a few live series.' },
);
export type Drills = Immutable<Static<typeof Drills>>;
