import type { Settings } from '../config/schema.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Mask } from '../runtime/masking.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { Store } from '../store/create-store.ts';

/** What every stage is built on. Made once; outlives every reload. */
export interface Foundation {
  /** The settings at the start; parts that can be exchanged get theirs from `Part.apply`. */
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly store: Store;
  /** By the patterns in force, also after a reload. */
  readonly mask: Mask;
}
