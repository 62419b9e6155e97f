import type { Objective } from './slo.ts';

/** What a correction is about; everything that is said has to fit, and something is said. */
export interface CorrectionScope {
  /** Id of an objective, or of one budget of a split one. */
  readonly objective?: string;
  readonly service?: string;
  /** Of the objective and of the group. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A reasoned entry that takes a range of time out of error budgets. Never changed: a second entry takes it back. */
export interface Correction {
  /** Chosen by who writes it: the same id twice is the same entry. */
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly scope: CorrectionScope;
  readonly reason: string;
  readonly author: string;
  readonly source: 'person' | 'maintenance';
  readonly atMs: number;
  /** Present when it was taken back. */
  readonly reversal?: { readonly author: string; readonly reason: string; readonly atMs: number };
}

export type Reversal = NonNullable<Correction['reversal']>;

/** Where corrections are kept. */
export interface CorrectionLedger {
  /** Keeps the first of one id; answers with what is kept under it. */
  add(correction: Correction): Promise<{ readonly isNew: boolean; readonly correction: Correction }>;
  /** Undefined when there is no such correction; the first reversal stays. */
  reverse(
    id: string,
    reversal: Reversal,
  ): Promise<{ readonly isNew: boolean; readonly correction: Correction } | undefined>;
  /** In force, and with an end after `sinceMs`; newest first, at most `limit`. */
  inForce(sinceMs: number, limit: number): Promise<readonly Correction[]>;
}

/** What a budget is known by. */
export interface BudgetNames {
  readonly id: string;
  readonly objectiveId: string;
  readonly group: Readonly<Record<string, string>>;
  readonly objective: Pick<Objective, 'service' | 'labels'>;
}

export function isInScope(scope: CorrectionScope, { id, objectiveId, group, objective }: BudgetNames): boolean {
  const labels: Readonly<Record<string, string>> = { ...objective.labels, ...group };
  return (
    (scope.objective === undefined || scope.objective === id || scope.objective === objectiveId) &&
    (scope.service === undefined || scope.service === objective.service) &&
    Object.entries(scope.labels ?? {}).every(([name, value]) => labels[name] === value)
  );
}
