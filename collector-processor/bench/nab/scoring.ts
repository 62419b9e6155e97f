/**
 * The scoring of the Numenta Anomaly Benchmark, as pure functions. Rows are indices; a window is the inclusive pair of
 * indices between which an alarm is a hit. Defined in Lavin & Ahmad 2015, "Evaluating Real-time Anomaly Detection
 * Algorithms", and by NAB's published results, which the tests reproduce.
 */
export interface Profile {
  readonly name: 'standard' | 'low_fp' | 'low_fn';
  readonly hit: number;
  readonly miss: number;
  readonly falseAlarm: number;
}

export const profiles: readonly Profile[] = [
  { name: 'standard', hit: 1, miss: 1, falseAlarm: 0.11 },
  { name: 'low_fp', hit: 1, miss: 1, falseAlarm: 0.22 },
  { name: 'low_fn', hit: 1, miss: 2, falseAlarm: 0.11 },
];

export type Window = readonly [first: number, last: number];

/** A file as far as scoring needs it: one score a row (any real, higher is odder), and its windows in order. */
export interface ScoredFile {
  readonly scores: ArrayLike<number>;
  readonly windows: readonly Window[];
}

export interface Outcome {
  /** 0 for a detector that never alarms, 100 for a perfect one. */
  readonly score: number;
  readonly hits: number;
  readonly falseRows: number;
}

/** Rows at the start of a file that count for nothing. */
export function probation(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 750);
}

/** Worth of an alarm at a position relative to a window: -1 is its first row, 0 its end; beyond 3 it is merely false. */
function worth(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

const BEST = worth(-1);

/** What an alarm in this row is worth, and the window it hits (-1 for none). */
function rowValues(
  rows: number,
  windows: readonly Window[],
  profile: Profile,
): { value: Float64Array; hit: Int32Array } {
  const value = new Float64Array(rows).fill(-profile.falseAlarm);
  const hit = new Int32Array(rows).fill(-1);
  windows.forEach(([first, last], index) => {
    const width = last - first + 1;
    const next = windows[index + 1]?.[0] ?? rows;
    for (let row = first; row <= last; row++) {
      value[row] = (profile.hit * worth(-(last - row + 1) / width)) / BEST;
      hit[row] = index;
    }
    for (let row = last + 1; row < next; row++) value[row] = profile.falseAlarm * worth((row - last) / (width - 1));
  });
  return { value, hit };
}

/** A row that may alarm: its score, what an alarm there is worth, and the number of its window in the corpus or -1. */
interface Row {
  readonly score: number;
  readonly value: number;
  readonly window: number;
}

function rowsOf(files: readonly ScoredFile[], profile: Profile): { rows: Row[]; windows: number } {
  const rows: Row[] = [];
  let before = 0;
  for (const { scores, windows } of files) {
    const { value, hit } = rowValues(scores.length, windows, profile);
    for (let row = probation(scores.length); row < scores.length; row++) {
      const window = hit[row] as number;
      rows.push({
        score: scores[row] as number,
        value: value[row] as number,
        window: window < 0 ? -1 : before + window,
      });
    }
    before += windows.length;
  }
  return { rows, windows: before };
}

/** Sums up alarms one by one: the best hit of each window and every false row. */
class Tally {
  hits = 0;
  falseRows = 0;
  private total: number;
  private readonly best: Float64Array;
  private readonly isHit: Uint8Array;
  private readonly profile: Profile;

  constructor(windows: number, profile: Profile) {
    this.profile = profile;
    this.best = new Float64Array(windows).fill(-profile.miss);
    this.isHit = new Uint8Array(windows);
    this.total = -profile.miss * windows;
  }

  add({ value, window }: Row): void {
    if (window < 0) {
      this.falseRows++;
      this.total += value;
      return;
    }
    if (this.isHit[window] === 0) this.hits++;
    this.isHit[window] = 1;
    const best = this.best[window] as number;
    if (value <= best) return;
    this.total += value - best;
    this.best[window] = value;
  }

  outcome(): Outcome {
    const { hit, miss } = this.profile;
    const windows = this.best.length;
    const score = windows === 0 ? 0 : (100 * (this.total + miss * windows)) / ((hit + miss) * windows);
    return { score, hits: this.hits, falseRows: this.falseRows };
  }
}

/** The outcome when every row whose score is at least `threshold` alarms. */
export function scoreAt(files: readonly ScoredFile[], profile: Profile, threshold: number): Outcome {
  const { rows, windows } = rowsOf(files, profile);
  const tally = new Tally(windows, profile);
  for (const row of rows) if (row.score >= threshold) tally.add(row);
  return tally.outcome();
}

/** The outcome at the one threshold for all files that suits this profile best; Infinity when silence is best. */
export function scoreAtBest(files: readonly ScoredFile[], profile: Profile): Outcome & { readonly threshold: number } {
  const { rows, windows } = rowsOf(files, profile);
  rows.sort((a, b) => b.score - a.score);
  const tally = new Tally(windows, profile);
  let best = { ...tally.outcome(), threshold: Infinity };
  rows.forEach((row, index) => {
    tally.add(row);
    if (rows[index + 1]?.score === row.score) return;
    const outcome = tally.outcome();
    if (outcome.score > best.score) best = { ...outcome, threshold: row.score };
  });
  return best;
}
