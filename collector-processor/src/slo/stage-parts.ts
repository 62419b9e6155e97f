import type { CountLedger } from '../model/slo-counts.ts';
import type { PlacedObjective } from '../model/slo.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';

export interface SloStageParts {
  readonly objectives: readonly PlacedObjective[];
  readonly ledger: CountLedger;
  /** Whether this process is the one that counts. */
  readonly isActive: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}
