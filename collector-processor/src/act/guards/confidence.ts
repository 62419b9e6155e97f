import type { Confidence } from '../../model/action.ts';
import { fitting } from '../policy/matching.ts';
import { shippedPolicies } from '../policy/shipped-policies.ts';
import type { Guard } from './guard.ts';

const levels: readonly Confidence[] = ['low', 'medium', 'high'];

/** Only a supported cause has a confidence. A person who acts on their own has looked themselves. */
export const confidence: Guard = ({ request, policies }) => {
  const { cause, initiator, ofRun } = request;
  if (initiator.kind === 'person' || ofRun !== undefined) return undefined;
  const known = cause?.verdict === 'supported' && cause.confidence !== '' ? levels.indexOf(cause.confidence) : -1;
  const short = fitting(policies.confidence, shippedPolicies.confidence, request)
    .toSorted((a, b) => levels.indexOf(b.atLeast) - levels.indexOf(a.atLeast))
    .find(({ atLeast }) => known < levels.indexOf(atLeast));
  if (short === undefined) return undefined;
  const { name, atLeast } = short;
  return { guard: 'confidence', policy: name, asked: atLeast, ...(cause === undefined ? {} : { cause }) };
};
