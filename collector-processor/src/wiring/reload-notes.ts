import type { Settings } from '../config/schema.ts';
import { snapshotPathOf } from './snapshot-path.ts';

/** What somebody who has the configuration reloaded should know of its effects, a sentence each. The store stays the one that is open. */
export function reloadNotes(before: Settings, next: Settings): string[] {
  if (JSON.stringify(before.score) === JSON.stringify(next.score)) return [];
  const [was, is] = [before.score.bucket, next.score.bucket];
  if (was !== is) {
    return [`score.bucket is ${is / 1000} s now; what was learned holds for steps of ${was / 1000} s. ${again}`];
  }
  const path = snapshotPathOf({ score: next.score, store: before.store });
  if (path === '') return [`score changed, and nothing keeps what was learned (score.snapshot.path). ${again}`];
  if (path !== snapshotPathOf(before))
    return [`score.snapshot.path is ${path} now, and the old file is not read. ${again}`];
  return [];
}

const again = 'Learning starts again: findings come back after score.learning_steps steps.';
