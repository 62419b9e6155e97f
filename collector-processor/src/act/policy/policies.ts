import type { Amount, Confidence, Rung, RunScope } from '../../model/action.ts';

/** What a rule is about; an empty list says nothing. */
export interface Match {
  readonly actions: readonly string[];
  readonly services: readonly string[];
  readonly environments: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Rule {
  readonly name: string;
  readonly match: Match;
}

/** The first that fits says how far Sentinel may go. */
export interface RungRule extends Rule {
  readonly upTo: Rung;
  /** Only while an error budget of the service has less left than this share. */
  readonly budgetBelow?: number;
}

export interface ConfidenceRule extends Rule {
  readonly atLeast: Confidence;
}

export interface BlastRadiusRule extends Rule {
  readonly instances?: Amount;
  readonly services?: Amount;
  readonly dependents?: Amount;
}

export interface CoolDownRule extends Rule {
  readonly coolDownMs: number;
}

export interface RateRule extends Rule {
  readonly runs: number;
  readonly perMs: number;
  readonly of: RunScope;
}

export interface ConcurrencyRule extends Rule {
  readonly atOnce: number;
  readonly of: RunScope;
}

export interface CanaryRule extends Rule {
  readonly instances: number;
}

export interface ApprovalRule extends Rule {
  readonly persons: number;
  readonly withinMs: number;
}

/** Rules by the guard that asks them, in the order of their files. */
export interface Policies {
  readonly rungs: readonly RungRule[];
  readonly confidence: readonly ConfidenceRule[];
  readonly blastRadius: readonly BlastRadiusRule[];
  readonly coolDowns: readonly CoolDownRule[];
  readonly rates: readonly RateRule[];
  readonly concurrency: readonly ConcurrencyRule[];
  readonly canaries: readonly CanaryRule[];
  readonly approvals: readonly ApprovalRule[];
}
