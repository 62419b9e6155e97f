import { fits } from '../policy/matching.ts';
import type { Guard } from './guard.ts';

/** Where a rule asks for it, the plan has to change few instances before the others. */
export const canary: Guard = ({ request, policies }) => {
  if (request.ofRun !== undefined) return undefined;
  const { canary: first, blastRadius } = request;
  const asked = policies.canaries.find(
    ({ match, instances }) =>
      fits(match, request) &&
      blastRadius.instances > instances &&
      !(first !== undefined && first.instances <= instances),
  );
  return asked === undefined ? undefined : { guard: 'canary', policy: asked.name, instances: asked.instances };
};
