import type { ActionTarget, BlastRadius, GuardResult, Initiator, PlanCause, Approval } from './action.ts';

/** One action of a plan. */
export interface PlanStep {
  /** Of the catalogue. */
  readonly action: string;
  readonly target: ActionTarget;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly undo?: { readonly action: string; readonly parameters: Readonly<Record<string, unknown>> };
  readonly blastRadius: BlastRadius;
  /** Whether it is tried on few before the steps behind it touch the rest. */
  readonly isCanary: boolean;
}

/** What is to be done about an incident, in order. A change of any part is another version. */
export interface Plan {
  readonly id: string;
  readonly version: number;
  readonly incidentId: string;
  readonly cause?: PlanCause;
  readonly steps: readonly PlanStep[];
  readonly expiresAtMs: number;
  /** How long detectors watch after a canary, and after the last step. */
  readonly canaryWatchMs: number;
  readonly watchMs: number;
}

/** What detectors say of a change. */
export type ChangeVerdict = 'healed' | 'no_effect' | 'worse';

/** `stopped`: a guard refused to go on. `unknown`: nobody knows whether a step was done. */
export type RunOutcome = ChangeVerdict | 'undone' | 'failed' | 'stopped' | 'unknown';

export type RunFact =
  | {
      readonly kind: 'started';
      readonly plan: Plan;
      readonly initiator: Initiator;
      readonly approvals: readonly Approval[];
      readonly guards: readonly GuardResult[];
    }
  /** Written before the step is done, so that a crash leaves a question and never a second time. */
  | { readonly kind: 'intended'; readonly step: number; readonly undoes: boolean }
  | { readonly kind: 'done'; readonly step: number; readonly undoes: boolean; readonly summary: string }
  | { readonly kind: 'failed'; readonly step: number; readonly undoes: boolean; readonly reason: string }
  | { readonly kind: 'unknown'; readonly step: number; readonly undoes: boolean; readonly reason: string }
  /** A guard refused to go on with it, or to undo it. */
  | {
      readonly kind: 'refused';
      readonly step: number;
      readonly undoes: boolean;
      readonly guards: readonly GuardResult[];
    }
  /** Of the canary, or of the whole. */
  | { readonly kind: 'judged'; readonly of: 'canary' | 'plan'; readonly verdict: ChangeVerdict }
  | { readonly kind: 'ended'; readonly outcome: RunOutcome };

/** Kept in order, they are all that is known of a run. */
export interface RunEvent {
  readonly runId: string;
  readonly atMs: number;
  readonly fact: RunFact;
}
