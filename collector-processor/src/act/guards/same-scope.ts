import type { ActionRun, RunRequest, RunScope } from '../../model/action.ts';

/** Whether a limit counts the run together with the request. */
export function isSameScope(scope: RunScope, run: ActionRun, request: RunRequest): boolean {
  const a = run.target;
  const b = request.target;
  switch (scope) {
    case 'all':
      return true;
    case 'action':
      return run.action === request.action;
    case 'service':
      return a.service === b.service && a.environment === b.environment;
    case 'target':
      return a.kind === b.kind && a.name === b.name && a.environment === b.environment;
  }
}
