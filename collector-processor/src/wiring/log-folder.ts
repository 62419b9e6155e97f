import { dirname, join } from 'node:path';
import type { Settings } from '../config/schema.ts';

/**
 * The write-ahead log stands beside the store unless the settings say otherwise; a store in memory has none beside it.
 * Undefined: there is no log.
 */
export function logFolderOf({ forward, store }: Pick<Settings, 'forward' | 'store'>): string | undefined {
  const { path } = forward.writeAheadLog;
  if (path !== '') return path === 'none' ? undefined : path;
  return store.path === ':memory:' ? undefined : join(dirname(store.path), 'write-ahead-log');
}
