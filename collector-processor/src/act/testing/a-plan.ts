import type { Plan, PlanStep } from '../../model/plan.ts';
import { MINUTE_MS, NOW_MS, payment } from './asked.ts';

export function aStep(changed: Partial<PlanStep> = {}): PlanStep {
  return {
    action: 'roll-back',
    target: payment,
    parameters: { revision: 7 },
    undo: { action: 'roll-forward', parameters: { revision: 8 } },
    blastRadius: { instances: 1, ofInstances: 8, services: 1, dependents: 2 },
    isCanary: false,
    ...changed,
  };
}

/** A step that cannot be taken back. */
export function aLastingStep(): PlanStep {
  const { action, target, parameters, blastRadius, isCanary } = aStep();
  return { action, target, parameters, blastRadius, isCanary };
}

/** A canary, then the rest, each of which can be taken back. */
export function aPlan(changed: Partial<Plan> = {}): Plan {
  return {
    id: 'p1',
    version: 1,
    incidentId: '121',
    cause: { kind: 'change', verdict: 'supported', confidence: 'high' },
    steps: [aStep({ isCanary: true }), aStep()],
    expiresAtMs: NOW_MS + 10 * MINUTE_MS,
    canaryWatchMs: 2 * MINUTE_MS,
    watchMs: 5 * MINUTE_MS,
    ...changed,
  };
}
