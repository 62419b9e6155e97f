import type { ActionRun, Refusal, Rung, RunRequest } from '../../model/action.ts';
import type { Match, Policies } from '../policy/policies.ts';

/** Somebody stopped everything. */
export interface KillSwitch {
  readonly sinceMs: number;
  readonly by: string;
  readonly reason: string;
}

/** When something is not to be touched. Of a recurring one, one occurrence. */
export interface ClosedWindow {
  readonly name: string;
  readonly match: Match;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface BudgetLeft {
  readonly objective: string;
  readonly service: string;
  /** 1: nothing was used; absent: nobody knows. */
  readonly left?: number;
}

/** Everything that a decision depends on beside the request and the policies, as it is at one moment. */
export interface Situation {
  readonly nowMs: number;
  /** Absent: actions are allowed. */
  readonly killSwitch?: KillSwitch;
  /** Those about now; which clock is right is not theirs to know. */
  readonly freezes: readonly ClosedWindow[];
  readonly maintenance: readonly ClosedWindow[];
  readonly budgets: readonly BudgetLeft[];
  /** How far the action has come on the ladder for this target. */
  readonly rung: Rung;
  /** What runs, and what ran for as far back as the policies look. Nothing that was only decided in shadow. */
  readonly runs: readonly ActionRun[];
}

export interface Asked {
  readonly request: RunRequest;
  readonly situation: Situation;
  readonly policies: Policies;
}

/** Undefined: nothing stands against it. Pure, so that it can be asked again at any time and for any past. */
export type Guard = (asked: Asked) => Refusal | undefined;
