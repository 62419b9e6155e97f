import type { Settings } from '../config/schema.ts';

/** Learned state stands beside the store unless the settings say otherwise; a store in memory keeps none: ''. */
export function snapshotPathOf({ score, store }: Pick<Settings, 'score' | 'store'>): string {
  const { path } = score.snapshot;
  if (path !== '') return path === 'none' ? '' : path;
  return store.path === ':memory:' ? '' : `${store.path}.learned`;
}
