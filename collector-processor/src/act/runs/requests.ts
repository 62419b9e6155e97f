import type { ActionRun, Approval, Initiator, RunRequest } from '../../model/action.ts';
import type { Plan, PlanStep } from '../../model/plan.ts';
import type { RunState } from './run-state.ts';

interface Asking {
  readonly initiator: Initiator;
  readonly approvals: readonly Approval[];
  readonly ofRun?: string;
}

/** What the guards are asked for one step of a plan. */
export function requestFor(plan: Plan, step: PlanStep, asking: Asking): RunRequest {
  const { id, version, cause, expiresAtMs } = plan;
  const canary = plan.steps.find(({ isCanary, action }) => isCanary && action === step.action);
  return {
    planId: id,
    planVersion: version,
    action: step.action,
    target: step.target,
    ...(cause === undefined ? {} : { cause }),
    blastRadius: step.blastRadius,
    ...(canary === undefined ? {} : { canary: { instances: canary.blastRadius.instances } }),
    expiresAtMs,
    ...asking,
  };
}

/** The steps of runs as the limits count them: from when they were begun, also those that failed. */
export function actionRuns(states: Iterable<RunState>): readonly ActionRun[] {
  return [...states].flatMap(({ id, plan, steps, initiator, startMs, endMs }) =>
    plan.steps.flatMap((step, index): readonly ActionRun[] => {
      // A run holds all its targets from its beginning, and none that it has not touched after its end.
      const began = steps[index]?.startMs ?? (endMs === undefined ? startMs : undefined);
      if (began === undefined) return [];
      const { action, target } = step;
      return [{ id, action, target, initiator, startMs: began, ...(endMs === undefined ? {} : { endMs }) }];
    }),
  );
}
