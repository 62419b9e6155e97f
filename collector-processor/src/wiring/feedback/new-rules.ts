import type { Measure, Series } from '../../model/anomaly.ts';
import type { Tuning, TuningWindow } from '../../model/tuning.ts';
import { withoutExpectation } from '../../score/tuning/propose-tuning.ts';

/** What is wrong with a rule, a sentence; undefined when nothing is. `measure` is that of what it came from. */
export function faultOf({ scope, window, ...rest }: Tuning, tenant: string, measure?: Measure): string | undefined {
  if (scope.tenant !== tenant) return 'A rule is for the tenant of the finding.';
  if (Object.keys(scope).length === 1)
    return 'A rule for everything of a tenant is a setting, not feedback: name a service at least.';
  if (Object.keys(rest).length === 0) return 'A rule that changes nothing is none: reject it.';
  const concerned = scope.measure ?? (scope.seriesId === undefined ? undefined : measure);
  if (concerned !== undefined && withoutExpectation[concerned] !== undefined && Object.keys(rest).some(isOfSize))
    return `Direction and size of a change cannot act on ${concerned}: nothing is expected there that it could differ from. Use threshold and window.`;
  return window === undefined ? undefined : windowFault(window);
}

/** Whether a rule is for what has no score in each step. */
export function isTriedOnFindings({ scope }: Tuning, { id, measure }: Series): boolean {
  const concerned = scope.measure ?? (scope.seriesId === id ? measure : undefined);
  return concerned !== undefined && withoutExpectation[concerned] !== undefined;
}

function isOfSize(name: string): boolean {
  return name !== 'threshold';
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
