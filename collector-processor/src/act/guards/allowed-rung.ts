import { type Refusal, type Rung, rungs } from '../../model/action.ts';
import { fits } from '../policy/matching.ts';
import type { RungRule } from '../policy/policies.ts';
import { shippedPolicies } from '../policy/shipped-policies.ts';
import type { Asked, BudgetLeft, Guard } from './guard.ts';

/** How far Sentinel may go, and what says so. */
export type AllowedRung = Omit<Extract<Refusal, { guard: 'policy' }>, 'guard'>;

/** The lower of the ladder's rung and that of the first rule that fits. */
export function allowedRung({ request, situation, policies }: Asked): AllowedRung {
  const ofLadder: AllowedRung = { upTo: situation.rung, policy: '' };
  for (const rule of [...policies.rungs, ...shippedPolicies.rungs]) {
    if (!fits(rule.match, request)) continue;
    const spent = lowBudget(rule, situation.budgets, request.target.service);
    if (spent === 'enough') continue;
    const ofRule = { upTo: rule.upTo, policy: rule.name, ...(spent === undefined ? {} : { budget: spent }) };
    return height(ofRule.upTo) < height(ofLadder.upTo) ? ofRule : ofLadder;
  }
  return ofLadder;
}

/**
 * The error-budget policy: Sentinel acts up to a rung, with an approval where that is all it may; a person may run what
 * Sentinel may suggest. What was allowed to begin may go on, and may be undone.
 */
export const policy: Guard = (asked) => {
  if (asked.request.ofRun !== undefined) return undefined;
  const allowed = allowedRung(asked);
  const needed: Rung = asked.request.initiator.kind === 'person' ? 'suggest' : 'approve';
  return height(allowed.upTo) >= height(needed) ? undefined : { guard: 'policy', ...allowed };
};

function height(rung: Rung): number {
  return rungs.indexOf(rung);
}

/** The lowest budget of the service that is below the rule's share. A budget that nobody knows counts as spent. */
function lowBudget({ budgetBelow }: RungRule, budgets: readonly BudgetLeft[], service: string) {
  if (budgetBelow === undefined) return undefined;
  const [lowest] = budgets
    .filter((one) => one.service === service)
    .map(({ objective, left = 0 }) => ({ objective, left }))
    .sort((a, b) => a.left - b.left);
  return lowest !== undefined && lowest.left < budgetBelow ? { ...lowest, below: budgetBelow } : 'enough';
}
