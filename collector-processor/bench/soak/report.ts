import type { Counted } from './books.ts';
import { judge, type Verdict } from './verdict.ts';
import type { PhaseRow } from './watch-rows.ts';

const DECIDABLE_MINUTES = 10;

export const headline = 'minute  phase   rss MiB  p50 ms  p99 ms  log MiB  store MiB  learned MiB';

export function lineOf({ hours, phase, rss, p50, p99, wal, store, snapshot }: PhaseRow): string {
  const cells = [rss.toFixed(1), p50.toFixed(2), p99.toFixed(1), wal.toFixed(1), store.toFixed(2), snapshot.toFixed(2)];
  const widths = [7, 7, 7, 8, 10, 12];
  const figures = cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join(' ');
  return `${(hours * 60).toFixed(1).padStart(6)}  ${phase.padEnd(6)}  ${figures}`;
}

/** The verdict over a run, and why it is bad. */
export function resultOf(
  rows: readonly PhaseRow[],
  { acknowledged, lost, unscored, refused }: Counted,
  run: { readonly minutes: number; readonly requests: number },
) {
  const of = (phase: string): readonly PhaseRow[] => rows.filter((row) => row.phase === phase);
  const [before, after] = [of('before'), of('after')];
  const judged = Object.entries(judge([before, after]));
  const said = (wanted: Verdict): readonly { readonly isDelay: boolean; readonly text: string }[] =>
    judged
      .filter(([, { verdict }]) => verdict === wanted)
      .map(([what, { low, high, bound }]) => ({
        isDelay: what === 'p50' || what === 'p99',
        text: `${what} changes by ${round(low)} to ${round(high)} an hour; the bound is ${bound}`,
      }));
  const unclear = said('unclear');
  const isFault = ({ isDelay }: { readonly isDelay: boolean }): boolean => !isDelay && run.minutes >= DECIDABLE_MINUTES;
  const faults = [
    ...[...said('grows'), ...unclear.filter(isFault)].map(({ text }) => text),
    ...(lost === 0 ? [] : [`${lost} acknowledged items are not at the backends`]),
    ...(unscored === 0 ? [] : [`${unscored} items were not scored`]),
    ...refused,
    ...(acknowledged === 0 || after.length < 2 ? ['the run was too short for its load'] : []),
  ];
  const remarks = unclear.filter((one) => !isFault(one)).map(({ text }) => text);
  const slopes = judged.map(([what, { perHour, error, bound, verdict }]) => [
    what,
    { per_hour: round(perHour), error: round(error), bound, verdict },
  ]);
  const { rss, p50, p99, ...files } = Object.fromEntries(slopes) as Record<string, unknown>;
  const step = mean(after.map((row) => row.rss)) - mean(before.map((row) => row.rss));
  const result = {
    ...run,
    rss_mib: rss,
    rss_step_over_outage_mib: round(step),
    rss_max_mib: round(Math.max(...rows.map((row) => row.rss))),
    delay_ms: { p50, p99 },
    files_mib: files,
    log_max_mib: round(Math.max(...rows.map(({ wal }) => wal))),
    acknowledged,
    lost: Number.isNaN(lost) ? null : lost,
    unscored,
  };
  return { faults, remarks, result };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
