import { fitting } from '../policy/matching.ts';
import { shippedPolicies } from '../policy/shipped-policies.ts';
import type { Guard } from './guard.ts';
import { isSameScope } from './same-scope.ts';

/** Whatever was done to the target last. A run that a clock put into the future was just now. */
export const coolDown: Guard = ({ request, situation: { nowMs, runs }, policies }) => {
  if (request.ofRun !== undefined) return undefined;
  const lastMs = Math.max(
    ...runs.filter((run) => isSameScope('target', run, request)).map(({ startMs, endMs }) => endMs ?? startMs),
  );
  const [longest] = fitting(policies.coolDowns, shippedPolicies.coolDowns, request).toSorted(
    (a, b) => b.coolDownMs - a.coolDownMs,
  );
  if (longest === undefined || lastMs + longest.coolDownMs <= nowMs) return undefined;
  return { guard: 'cool_down', policy: longest.name, lastMs, nextMs: lastMs + longest.coolDownMs };
};
