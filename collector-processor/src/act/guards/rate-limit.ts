import { fitting } from '../policy/matching.ts';
import { shippedPolicies } from '../policy/shipped-policies.ts';
import type { Guard } from './guard.ts';
import { isSameScope } from './same-scope.ts';

/** Runs that began within the last while, whoever began them; a run of several steps counts once. */
export const rateLimit: Guard = ({ request, situation: { nowMs, runs }, policies }) => {
  if (request.ofRun !== undefined) return undefined;
  const used = fitting(policies.rates, shippedPolicies.rates, request).map(({ name, runs: limit, perMs, of }) => {
    const recent = runs.filter((run) => run.startMs > nowMs - perMs && isSameScope(of, run, request));
    const starts = [...new Map(recent.map(({ id, startMs }) => [id, startMs])).values()].sort((a, b) => a - b);
    // Room again when so many have grown old that one more fits.
    const nextMs = limit === 0 ? Infinity : (starts.at(-limit) ?? 0) + perMs;
    return { guard: 'rate_limit', policy: name, used: starts.length, limit, perMs, of, nextMs } as const;
  });
  return used.filter((one) => one.used >= one.limit).toSorted((a, b) => b.nextMs - a.nextMs)[0];
};
