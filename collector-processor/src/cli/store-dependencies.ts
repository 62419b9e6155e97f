import { systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import type { StoreDependencies } from '../store/create-store.ts';
import type { StoreOptions } from '../store/store-options.ts';

/** For commands beside a running sidecar, which may be writing to the same file: they never set it aside. */
export function storeDependencies(options: StoreOptions): StoreDependencies {
  return { options, clock: systemClock, logger: silentLogger, metrics: createSelfMetrics(), mayReplace: false };
}
