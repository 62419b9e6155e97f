import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../runtime/clock.ts';
import type { LogFields, Logger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { migrations as released } from '../migrations/migrations.ts';
import { openStore } from '../open-store.ts';
import type { StoreOptions } from '../store-options.ts';
import { storeOptions } from './store-kinds.ts';

/** A folder of its own, and stores in it. */
export function createFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-store-'));
  const path = join(folder, 'deep', 'sentinel.db');
  const metrics = createSelfMetrics();
  const logged: { readonly message: string; readonly fields: LogFields }[] = [];
  const keep = (fields: LogFields, message: string): void => void logged.push({ fields, message });
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };

  return {
    folder,
    path,
    metrics,
    logged,
    open: (overrides: Partial<StoreOptions> = {}, migrations = released, mayReplace = true) =>
      openStore({
        options: { ...storeOptions, path, ...overrides },
        clock: systemClock,
        logger,
        metrics,
        migrations,
        mayReplace,
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
