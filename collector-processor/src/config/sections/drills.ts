import { Type } from 'typebox';
import { faultKinds } from '../../model/drill.ts';
import { Integer } from '../types.ts';

/** Faults in copies of live series, so that recall and delay are known. */
export const drillSection = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description: 'Rehearse small faults in copies of a few live series. Costs as much as `at_once` more series.',
    }),
    kinds: Type.Array(Type.Enum([...faultKinds], { type: 'string' }), {
      default: [...faultKinds],
      maxItems: faultKinds.length,
      uniqueItems: true,
      description: 'Kinds of faults, one after the other.',
    }),
    at_once: Integer(16, 'Series that have one at a time.', [1, 1_000]),
    size: Type.Number({
      default: 3,
      exclusiveMinimum: 0,
      maximum: 1_000,
      description:
        'How far values go, as many times as the end of the band around what is expected (yhat_upper); at least as far as ' +
        'matters for a finding. A trend gets there in its last step.',
    }),
    steps: Integer(24, 'Steps after which a fault that was not found is missed.', [3, 1_000]),
    window: Integer(200, 'Newest faults of a kind that recall and delay are of.', [1, 10_000]),
  },
  { additionalProperties: false, default: {}, description: 'How much of small faults would be found, and how soon.' },
);
