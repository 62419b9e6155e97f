import type { Approval, Initiator } from '../../model/action.ts';
import type { ChangeVerdict, Plan, RunEvent, RunOutcome } from '../../model/plan.ts';

type StepPhase = 'waiting' | 'intended' | 'done' | 'failed' | 'unknown' | 'refused';

export interface StepState {
  readonly phase: StepPhase;
  /** Of taking it back. */
  readonly undo: StepPhase;
  /** When it was last heard of. */
  readonly atMs: number;
  readonly startMs?: number;
}

/** What the events of a run come to. */
export interface RunState {
  readonly id: string;
  readonly plan: Plan;
  readonly initiator: Initiator;
  readonly approvals: readonly Approval[];
  readonly startMs: number;
  readonly steps: readonly StepState[];
  readonly canary?: ChangeVerdict;
  readonly verdict?: ChangeVerdict;
  readonly outcome?: RunOutcome;
  /** Absent while it runs. */
  readonly endMs?: number;
}

/** The state after an event. Undefined for events of a run whose beginning is not there. */
export function after(state: RunState | undefined, { runId, atMs, fact }: RunEvent): RunState | undefined {
  if (fact.kind === 'started') {
    const { plan, initiator, approvals } = fact;
    const steps = plan.steps.map((): StepState => ({ phase: 'waiting', undo: 'waiting', atMs }));
    return { id: runId, plan, initiator, approvals, startMs: atMs, steps };
  }
  if (state === undefined) return undefined;
  if (fact.kind === 'ended') return { ...state, outcome: fact.outcome, endMs: atMs };
  if (fact.kind === 'judged') {
    return fact.of === 'canary' ? { ...state, canary: fact.verdict } : { ...state, verdict: fact.verdict };
  }
  const { step, undoes, kind: phase } = fact;
  const steps = state.steps.map((one, index) => (index === step ? heard(one, { phase, undoes, atMs }) : one));
  return { ...state, steps };
}

function heard(
  step: StepState,
  { phase, undoes, atMs }: { readonly phase: StepPhase; readonly undoes: boolean; readonly atMs: number },
): StepState {
  if (undoes) return { ...step, undo: phase, atMs };
  return { ...step, phase, atMs, startMs: step.startMs ?? atMs };
}
