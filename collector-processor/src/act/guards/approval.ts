import type { Approval, RunRequest } from '../../model/action.ts';
import { fits } from '../policy/matching.ts';
import { allowedRung } from './allowed-rung.ts';
import type { Asked, Guard } from './guard.ts';

type PassedOver = 'own' | 'expired' | 'changed' | 'twice';

const DEFAULT_WITHIN_MS = 15 * 60_000;

/**
 * Approvals are of one version of a plan, by different persons, none of whom asked for it, and grow old. Going on and
 * undoing were approved with the plan.
 */
export const approval: Guard = (asked) => {
  const { request, situation, policies } = asked;
  if (request.ofRun !== undefined) return undefined;
  const rules = policies.approvals.filter(({ match }) => fits(match, request));
  const needed = Math.max(isApprovalAskedOf(asked) ? 1 : 0, ...rules.map(({ persons }) => persons));
  const withinMs = Math.min(...rules.map((rule) => rule.withinMs), DEFAULT_WITHIN_MS);
  const counted = count(request, situation.nowMs - withinMs);
  if (counted.given >= needed) return undefined;
  const [strictest] = rules.toSorted((a, b) => b.persons - a.persons);
  return { guard: 'approval', policy: strictest?.name ?? '', needed, ...counted };
};

/** Sentinel may do no more than ask. */
function isApprovalAskedOf(asked: Asked): boolean {
  return asked.request.initiator.kind === 'sentinel' && allowedRung(asked).upTo !== 'automatic';
}

function count({ approvals, initiator, planVersion }: RunRequest, sinceMs: number) {
  const persons = new Set<string>();
  let passedOver: PassedOver | undefined;
  for (const one of approvals) {
    const why = whyNot(one);
    if (why === undefined) persons.add(one.by);
    else passedOver = why;
  }
  return { given: persons.size, ...(passedOver === undefined ? {} : { passedOver }) };

  function whyNot(one: Approval): PassedOver | undefined {
    if (initiator.kind === 'person' && one.by === initiator.name) return 'own';
    if (one.planVersion !== planVersion) return 'changed';
    if (one.atMs < sinceMs) return 'expired';
    return persons.has(one.by) ? 'twice' : undefined;
  }
}
