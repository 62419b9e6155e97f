import type { AskMatrix } from '../model/metrics-query.ts';
import type { CorrectionLedger } from '../model/slo-correction.ts';
import type { CountLedger } from '../model/slo-counts.ts';
import type { CrossingLedger, SloCrossing } from '../model/slo-crossing.ts';
import type { PlacedObjective } from '../model/slo.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { MaintenanceOptions } from './maintenance/maintenance-window.ts';
import type { QueryOptions } from './query/query-feed.ts';

export interface SloOptions {
  readonly maxBudgets: number;
  readonly maxCorrections: number;
  readonly prometheus: QueryOptions;
  readonly maintenance: readonly MaintenanceOptions[];
}

export interface SloStageParts {
  readonly options: SloOptions;
  readonly objectives: readonly PlacedObjective[];
  readonly ledger: CountLedger;
  readonly corrections: CorrectionLedger;
  readonly crossings: CrossingLedger;
  /** How objectives on queries are counted; undefined when nobody can be asked. */
  readonly ask: AskMatrix | undefined;
  /** A budget began to burn, burned worse, or stopped; after a restart of late ones once more. */
  readonly onCrossing: (crossing: SloCrossing) => void;
  /** Whether this process is the one that counts. */
  readonly isActive: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}
