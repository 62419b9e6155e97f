import type { Tuning, TuningWindow } from '../../model/tuning.ts';

/** What is wrong with a rule, a sentence; undefined when nothing is. */
export function faultOf({ scope, window, ...rest }: Tuning, tenant: string): string | undefined {
  if (scope.tenant !== tenant) return 'A rule is for the tenant of the finding.';
  if (Object.keys(scope).length === 1)
    return 'A rule for everything of a tenant is a setting, not feedback: name a service at least.';
  if (Object.keys(rest).length === 0) return 'A rule that changes nothing is none: reject it.';
  return window === undefined ? undefined : windowFault(window);
}

function windowFault({
  fromMs = 0,
  toMs = Infinity,
  fromMinute = 0,
  toMinute = 1440,
  days,
}: TuningWindow): string | undefined {
  if (fromMs >= toMs) return 'The window ends before it begins.';
  if (fromMinute === toMinute) return 'The window is empty.';
  return days?.length === 0 ? 'The window has no days.' : undefined;
}
