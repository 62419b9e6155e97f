import type { RunRequest } from '../../model/action.ts';
import type { Match } from './policies.ts';

export function fits(match: Match, { action, target }: Pick<RunRequest, 'action' | 'target'>): boolean {
  return (
    isOneOf(match.actions, action) &&
    isOneOf(match.services, target.service) &&
    isOneOf(match.environments, target.environment) &&
    Object.entries(match.labels).every(([name, value]) => target.labels[name] === value)
  );
}

function isOneOf(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

/** All rules that fit; what ships applies where no rule of one's own does. */
export function fitting<Rule extends { readonly match: Match }>(
  own: readonly Rule[],
  shipped: readonly Rule[],
  request: RunRequest,
): readonly Rule[] {
  const found = own.filter(({ match }) => fits(match, request));
  return found.length > 0 ? found : shipped.filter(({ match }) => fits(match, request));
}
