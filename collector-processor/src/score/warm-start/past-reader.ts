import type { HistoryOutcome, ReadHistory } from '../../model/history.ts';
import type { SeriesEntry } from '../state/series-store.ts';
import type { Past } from './rehearsal.ts';

export interface PastOptions {
  /** How far back days and weeks are learned from. */
  readonly span: number;
  /** Newest steps of the series' own length, which everything is learned from. */
  readonly steps: number;
  /** Fewer are not worth it. */
  readonly learningSteps: number;
}

export type PastOutcome =
  | { readonly kind: 'past'; readonly long: Past | undefined; readonly recent: Past }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Steps in which days and weeks are learned. */
const LONG_STEP_MS = 600_000;
/** The live value must lie within so many ranges of the newest steps: otherwise something else was found under that name. */
const RANGES = 3;
const NEWEST = 120;

/** Asks for the newest steps, then for the weeks before them in long ones. */
export async function readPast(
  entry: SeriesEntry,
  { span, steps, learningSteps }: PastOptions,
  read: ReadHistory,
  signal: AbortSignal,
): Promise<PastOutcome> {
  const { series, stepMs, lastTimeMs: toMs } = entry;
  const recentFromMs = toMs - Math.min(span, (steps - 1) * stepMs);
  // A counter's temporality is not known of a series: the form that meets the live value is the right one.
  for (const counter of ['cumulative', 'delta'] as const) {
    const recent = await read({ series, fromMs: recentFromMs, toMs, stepMs, counter }, signal);
    if (recent.kind !== 'values') return recent;
    if (!meets(recent.value, entry.lastValue)) continue;
    if (recent.value.length < learningSteps) return { kind: 'none' };
    const longToMs = recentFromMs - stepMs;
    const fromMs = toMs - span;
    const isWorth = stepMs < LONG_STEP_MS && longToMs - fromMs >= LONG_STEP_MS;
    const before: HistoryOutcome = isWorth
      ? await read({ series, fromMs, toMs: longToMs, stepMs: LONG_STEP_MS, counter }, signal)
      : { kind: 'none' };
    if (before.kind === 'failed') return before;
    const long = before.kind === 'values' ? { ...before, stepMs: LONG_STEP_MS } : undefined;
    return { kind: 'past', long, recent: { ...recent, stepMs } };
  }
  return { kind: 'none' };
}

function meets(values: Float64Array, live: number): boolean {
  const newest = values.subarray(-NEWEST);
  const lowest = newest.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = newest.reduce((most, value) => Math.max(most, value), -Infinity);
  const room = RANGES * (highest - lowest) + 0.1 * Math.abs(live);
  return live >= lowest - room && live <= highest + room;
}
