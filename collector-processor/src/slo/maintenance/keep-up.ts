import type { CorrectionBook } from '../corrections/correction-book.ts';
import { type MaintenanceOptions, occurrences, scopeOf } from './maintenance-window.ts';

/** Windows that began while Sentinel was away are made up for; older ones are nobody's plan any more. */
const LOOK_BACK_MS = 7 * 86_400_000;

/**
 * Writes a correction for each time of a window that has begun. Its id says which one it is, so it is written once, and one
 * that somebody took back stays so.
 */
export async function keepUp(
  windows: readonly MaintenanceOptions[],
  book: CorrectionBook,
  nowMs: number,
): Promise<void> {
  for (const window of windows) {
    for (const range of occurrences(window, { fromMs: nowMs - LOOK_BACK_MS, toMs: nowMs })) {
      const id = `maintenance:${window.name}:${new Date(range.fromMs).toISOString()}`;
      if (book.isWritten(id)) continue;
      const { name, reason } = window;
      const about = { scope: scopeOf(window), reason: reason === '' ? name : reason, author: name };
      await book.add({ id, ...range, ...about, source: 'maintenance', atMs: nowMs });
    }
  }
}
