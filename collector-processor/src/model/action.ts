import type { CauseCandidate, CauseVerdict } from './cause.ts';

/** How far Sentinel may go with an action, from deciding in silence to doing it unasked. */
export const rungs = ['observe', 'suggest', 'approve', 'automatic'] as const;
export type Rung = (typeof rungs)[number];

/** What is changed. */
export interface ActionTarget {
  /** What the type of action works on: `deployment`, `node`, `flag`, … */
  readonly kind: string;
  readonly name: string;
  readonly service: string;
  readonly environment: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** How much would be touched, and of how much. */
export interface BlastRadius {
  readonly instances: number;
  /** 0: nobody knows. */
  readonly ofInstances: number;
  readonly services: number;
  /** Services that call them. */
  readonly dependents: number;
}

/** Why something is done: the candidate that it is for. Without one nothing is known of the cause. */
export interface PlanCause extends Pick<CauseCandidate, 'kind' | 'confidence'> {
  readonly verdict: CauseVerdict;
}

/** Sentinel itself, or somebody by name. */
export type Initiator = { readonly kind: 'sentinel' } | { readonly kind: 'person'; readonly name: string };

/** Somebody agreed to one version of a plan. */
export interface Approval {
  readonly by: string;
  readonly planVersion: number;
  readonly atMs: number;
}

/** A plan that somebody wants to run now. */
export interface RunRequest {
  readonly planId: string;
  readonly planVersion: number;
  /** Of the catalogue. */
  readonly action: string;
  readonly target: ActionTarget;
  readonly cause?: PlanCause;
  readonly blastRadius: BlastRadius;
  /** What is done to one instance before the others; absent: everything at once. */
  readonly canary?: { readonly instances: number };
  readonly expiresAtMs: number;
  readonly initiator: Initiator;
  readonly approvals: readonly Approval[];
  /** The run that it goes on with or takes back; absent where a run would begin. */
  readonly ofRun?: string;
}

/** An action that runs or ran: a step of a run. */
export interface ActionRun {
  /** Of the run. */
  readonly id: string;
  readonly action: string;
  readonly target: ActionTarget;
  readonly initiator: Initiator;
  readonly startMs: number;
  /** Absent while it runs. */
  readonly endMs?: number;
}

/** In the order in which they are asked. */
export const guardNames = [
  'kill_switch',
  'freeze_window',
  'maintenance',
  'policy',
  'confidence',
  'blast_radius',
  'cool_down',
  'rate_limit',
  'concurrency',
  'expiry',
  'canary',
  'approval',
] as const;
export type GuardName = (typeof guardNames)[number];

/** Why something may not be done; what each guard knows, for whoever words it in a language and a time zone. */
export type Refusal =
  | { readonly guard: 'kill_switch'; readonly sinceMs: number; readonly by: string; readonly reason: string }
  | { readonly guard: 'freeze_window'; readonly window: string; readonly service: string; readonly untilMs: number }
  | { readonly guard: 'maintenance'; readonly window: string; readonly service: string; readonly untilMs: number }
  | {
      readonly guard: 'policy';
      /** '' when it is the ladder that allows no more. */
      readonly policy: string;
      readonly upTo: Rung;
      readonly budget?: { readonly objective: string; readonly left: number; readonly below: number };
    }
  | { readonly guard: 'confidence'; readonly policy: string; readonly cause?: PlanCause; readonly asked: Confidence }
  | {
      readonly guard: 'blast_radius';
      readonly policy: string;
      readonly measure: 'instances' | 'services' | 'dependents';
      readonly touched: number;
      /** 0: nobody knows; a share of it is then refused. */
      readonly of: number;
      readonly limit: Amount;
    }
  | { readonly guard: 'cool_down'; readonly policy: string; readonly lastMs: number; readonly nextMs: number }
  | {
      readonly guard: 'rate_limit';
      readonly policy: string;
      readonly used: number;
      readonly limit: number;
      readonly perMs: number;
      readonly of: RunScope;
      readonly nextMs: number;
    }
  | { readonly guard: 'concurrency'; readonly policy: string; readonly running: ActionRun }
  | { readonly guard: 'expiry'; readonly expiredAtMs: number }
  | { readonly guard: 'canary'; readonly policy: string; readonly instances: number }
  | {
      readonly guard: 'approval';
      readonly policy: string;
      readonly given: number;
      readonly needed: number;
      /** Approvals that do not count, and why the newest of them does not. */
      readonly passedOver?: 'own' | 'expired' | 'changed' | 'twice';
    };

export type Confidence = Exclude<PlanCause['confidence'], ''>;

/** Which runs a limit counts together. */
export type RunScope = 'target' | 'service' | 'action' | 'all';

/** So many, or a share of all. */
export type Amount = { readonly kind: 'count' | 'share'; readonly value: number };

export type GuardResult =
  | { readonly guard: GuardName; readonly kind: 'passed' }
  | { readonly guard: GuardName; readonly kind: 'refused'; readonly refusal: Refusal };
