/** How badly a budget burns, by the tier that burns; `exhausted` is worst. */
export type BurnLevel = 'none' | 'trickle' | 'slow' | 'medium' | 'fast' | 'exhausted';

/** From the least to the worst. */
export const burnLevels: readonly BurnLevel[] = ['none', 'trickle', 'slow', 'medium', 'fast', 'exhausted'];

/** A budget began to burn, burned worse, or stopped. */
export interface SloCrossing {
  readonly id: string;
  /** Of the budget. */
  readonly slo: string;
  readonly title: string;
  readonly service: string;
  readonly atMs: number;
  readonly from: BurnLevel;
  readonly to: BurnLevel;
  /** Burn rate over the long window of the tier; null without one. */
  readonly rate: number | null;
  /** Of the budget, 1 at first; null while nobody knows. */
  readonly left: number | null;
}

/** Where crossings are kept, so that a restart tells of none twice. */
export interface CrossingLedger {
  record(crossing: SloCrossing): Promise<boolean>;
  /** The newest one of each budget. */
  latest(): Promise<readonly SloCrossing[]>;
  /** Of one budget, oldest first, at most some hundreds. */
  between(slo: string, range: { readonly fromMs: number; readonly toMs: number }): Promise<readonly SloCrossing[]>;
}
