import { fitting } from '../policy/matching.ts';
import { shippedPolicies } from '../policy/shipped-policies.ts';
import type { Guard } from './guard.ts';
import { isSameScope } from './same-scope.ts';

/** A run does not stand in its own way. */
export const concurrency: Guard = ({ request, situation: { runs }, policies }) => {
  const running = runs.filter(({ id, endMs }) => endMs === undefined && id !== request.ofRun);
  for (const { name, atOnce, of } of fitting(policies.concurrency, shippedPolicies.concurrency, request)) {
    const [first, ...others] = running.filter((run) => isSameScope(of, run, request));
    if (first === undefined || others.length + 1 < atOnce) continue;
    return { guard: 'concurrency', policy: name, running: first };
  }
  return undefined;
};
