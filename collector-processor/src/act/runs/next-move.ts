import type { RunOutcome } from '../../model/plan.ts';
import type { RunState, StepState } from './run-state.ts';

/** What a run has to do next. It follows from its events alone, so that a crash changes nothing of it. */
export type Move =
  | { readonly kind: 'perform'; readonly step: number; readonly undoes: boolean }
  /** It was intended, and nobody wrote down what came of it. */
  | { readonly kind: 'find_out'; readonly step: number; readonly undoes: boolean }
  | { readonly kind: 'judge'; readonly of: 'canary' | 'plan'; readonly sinceMs: number; readonly watchMs: number }
  | { readonly kind: 'end'; readonly outcome: RunOutcome };

/** Undefined: it has ended. */
export function nextMove(state: RunState): Move | undefined {
  if (state.outcome !== undefined) return undefined;
  return inDoubt(state) ?? undoing(state) ?? brokenOff(state) ?? goingOn(state);
}

function inDoubt({ steps }: RunState): Move | undefined {
  const undo = steps.findIndex((step) => step.undo === 'intended');
  if (undo >= 0) return { kind: 'find_out', step: undo, undoes: true };
  const step = steps.findIndex(({ phase }) => phase === 'intended');
  return step < 0 ? undefined : { kind: 'find_out', step, undoes: false };
}

/** Worse: the newest step is taken back first. What cannot be taken back, or may not be, ends it as it is. */
function undoing({ canary, verdict, steps, plan }: RunState): Move | undefined {
  if (canary !== 'worse' && verdict !== 'worse') return undefined;
  const step = steps.findLastIndex((one) => one.phase === 'done' && one.undo !== 'done');
  if (step < 0) return { kind: 'end', outcome: 'undone' };
  const isPossible = plan.steps[step]?.undo !== undefined && steps[step]?.undo === 'waiting';
  return isPossible ? { kind: 'perform', step, undoes: true } : { kind: 'end', outcome: 'worse' };
}

function brokenOff({ steps }: RunState): Move | undefined {
  const outcomes = { failed: 'failed', unknown: 'unknown', refused: 'stopped' } as const;
  for (const { phase } of steps)
    if (phase in outcomes) return { kind: 'end', outcome: outcomes[phase as keyof typeof outcomes] };
  return undefined;
}

function goingOn({ steps, plan, canary, verdict }: RunState): Move {
  const next = steps.findIndex(({ phase }) => phase === 'waiting');
  const tried = steps.findIndex((step, index) => step.phase === 'done' && plan.steps[index]?.isCanary === true);
  if (tried >= 0 && next > tried && canary === undefined) {
    return judging('canary', steps[tried], plan.canaryWatchMs);
  }
  if (next >= 0) return { kind: 'perform', step: next, undoes: false };
  if (verdict === undefined) return judging('plan', steps.at(-1), plan.watchMs);
  return { kind: 'end', outcome: verdict };
}

function judging(of: 'canary' | 'plan', step: StepState | undefined, watchMs: number): Move {
  return { kind: 'judge', of, sinceMs: step?.atMs ?? 0, watchMs };
}
