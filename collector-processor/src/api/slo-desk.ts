import type { MaintenanceList } from '../contract/maintenance.ts';
import type { SloBurned } from '../contract/slo-burned.ts';
import type { SloHistory } from '../contract/slo-history.ts';
import type { SloReport } from '../contract/slo-report.ts';
import type { Slo } from '../contract/slo.ts';
import type { Correction, CorrectionScope, Reversal } from '../model/slo-correction.ts';

interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export type CorrectionAnswer =
  | { readonly kind: 'done'; readonly isNew: boolean; readonly correction: Correction }
  /** There are as many as there may be. */
  | { readonly kind: 'full' }
  | { readonly kind: 'unknown' };

/** Error budgets: what they are, how they came to be, and what is taken out of them. */
export interface SloDesk {
  list(): readonly Slo[];
  /** Absent ends of the range are those of the window; undefined when there is no such SLO. */
  history(id: string, range: Partial<TimeRange>, step: 'hour' | 'day' | undefined): Promise<SloHistory | undefined>;
  burned(id: string, range: Partial<TimeRange>): Promise<SloBurned | undefined>;
  /** Of a month such as `2026-03`; the last one when absent. */
  report(month: string | undefined): Promise<SloReport>;
  /** Whether a correction of that scope would concern any budget that is known now. */
  concerns(scope: CorrectionScope): boolean;
  correct(correction: Correction): Promise<CorrectionAnswer>;
  reverse(id: string, reversal: Reversal): Promise<CorrectionAnswer>;
  maintenance(): MaintenanceList;
}
