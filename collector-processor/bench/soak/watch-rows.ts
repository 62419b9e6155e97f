import { type Row, type Watched, watchRow } from './watch.ts';

/** `warm`: everything is still learning. `away`: backends are away, or the log holds something for them. */
export type Phase = 'warm' | 'before' | 'away' | 'after';

export interface PhaseRow extends Row {
  readonly phase: Phase;
}

export const ROWS = 30;
const WARM_ROWS = ROWS / 5;
const AWAY_FROM = ROWS / 2;
const AWAY_ROWS = ROWS / 20;

interface WatchParts {
  readonly watched: Watched;
  readonly rowMs: number;
  readonly away: (isAway: boolean) => void;
  readonly onRow: (row: PhaseRow) => void;
}

/** All rows of a run, with the outage in its middle. */
export async function watchRows({ watched, rowMs, away, onRow }: WatchParts): Promise<readonly PhaseRow[]> {
  const startedAt = performance.now();
  const rows: PhaseRow[] = [];
  for (let index = 0; index < ROWS; index++) {
    if (index === AWAY_FROM) {
      away(true);
      setTimeout(() => away(false), rowMs * AWAY_ROWS);
    }
    const row = await watchRow(watched, startedAt, rowMs);
    const phased = { ...row, phase: phaseOf(index, row, rows.at(-1)) };
    rows.push(phased);
    onRow(phased);
  }
  return rows;
}

/** A row in whose course the log was emptied still counts to the outage. */
function phaseOf(index: number, row: Row, before: PhaseRow | undefined): Phase {
  if (index < WARM_ROWS) return 'warm';
  if (index < AWAY_FROM) return 'before';
  const isBusy = index < AWAY_FROM + AWAY_ROWS + 1 || row.owed > 0 || (before?.owed ?? 0) > 0;
  return isBusy ? 'away' : 'after';
}
