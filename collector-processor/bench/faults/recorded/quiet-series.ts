import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCorpus } from '../../nab/corpus.ts';
import { readLabelled } from '../../vus/corpus.ts';
import { DAY_MS } from '../series/season.ts';

/** A recorded series of which it is known where something was wrong. */
export interface RecordedSeries {
  readonly name: string;
  /** Moved by whole weeks, so that all series begin in the same week. */
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
  /** Usual time between two points. */
  readonly stepMs: number;
  /** Whether something was wrong then, or just before. */
  isLabelled(timeMs: number): boolean;
  /** Days outside of that. */
  readonly quietDays: number;
}

/** A Monday; week zero of all series. */
export const recordedFromMs = Date.UTC(2026, 2, 2);
const WEEK_MS = 7 * DAY_MS;
/** How long after its end a labelled stretch still explains a finding. */
const AFTER_STEPS = 5;

/** A folder laid out as NAB's, or tables `timestamp,value,label`. */
export function readRecorded(directory: string): RecordedSeries[] {
  if (existsSync(join(directory, 'labels', 'combined_windows.json'))) {
    return readCorpus(directory).map(({ name, timesMs, values, windows }) =>
      recorded(name, { timesMs, values, ranges: windows }),
    );
  }
  return readLabelled(directory).map(({ name, timesMs, values, labels }) =>
    recorded(name, { timesMs, values, ranges: rangesOf(labels) }),
  );
}

interface Raw {
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
  /** First and last row of what was wrong. */
  readonly ranges: readonly (readonly [number, number])[];
}

function recorded(name: string, { timesMs, values, ranges }: Raw): RecordedSeries {
  const first = timesMs[0] ?? 0;
  const moved = recordedFromMs - Math.floor((first - recordedFromMs) / WEEK_MS) * WEEK_MS - recordedFromMs;
  const times = timesMs.map((time) => time + moved);
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] as number))
    .sort();
  const stepMs = gaps[Math.floor(gaps.length / 2)] ?? 0;
  const wrong = ranges.map(
    ([from, to]) => [times[from] as number, (times[to] as number) + AFTER_STEPS * stepMs] as const,
  );
  const labelledMs = wrong.reduce((sum, [from, to]) => sum + to - from, 0);
  const covered = gaps.reduce((sum, gap) => sum + Math.min(gap, 3 * stepMs), 0);
  return {
    ...{ name, timesMs: times, values, stepMs, quietDays: Math.max(0, covered - labelledMs) / DAY_MS },
    isLabelled: (timeMs) => wrong.some(([from, to]) => timeMs >= from && timeMs <= to),
  };
}

function rangesOf(labels: Uint8Array): [number, number][] {
  const ranges: [number, number][] = [];
  labels.forEach((label, row) => {
    const last = ranges.at(-1);
    if (label === 0) return;
    if (last !== undefined && last[1] === row - 1) last[1] = row;
    else ranges.push([row, row]);
  });
  return ranges;
}
