import type { Amount } from '../../model/action.ts';
import { fitting } from '../policy/matching.ts';
import { shippedPolicies } from '../policy/shipped-policies.ts';
import type { Guard } from './guard.ts';

/** A share of nobody knows how much is refused as soon as anything is touched. */
export const blastRadius: Guard = ({ request, policies }) => {
  const { instances, ofInstances, services, dependents } = request.blastRadius;
  for (const rule of fitting(policies.blastRadius, shippedPolicies.blastRadius, request)) {
    const measures = [
      { measure: 'instances', touched: instances, of: ofInstances, limit: rule.instances },
      { measure: 'services', touched: services, of: 0, limit: rule.services },
      { measure: 'dependents', touched: dependents, of: 0, limit: rule.dependents },
    ] as const;
    for (const { measure, touched, of, limit } of measures) {
      if (limit === undefined || touched <= most(limit, of)) continue;
      return { guard: 'blast_radius', policy: rule.name, measure, touched, of, limit };
    }
  }
  return undefined;
};

/** One of three is more than 30 %, and yet the least that can be done: a share always allows one. */
function most({ kind, value }: Amount, of: number): number {
  if (kind === 'count') return value;
  return of === 0 ? 0 : Math.max(1, Math.floor(value * of));
}
