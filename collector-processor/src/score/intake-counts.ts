import { type Signal, signals } from '../model/signal.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import type { Misplaced } from './buckets/bucket-window.ts';

const unscoredReasons = {
  late: 'late',
  future: 'future',
  backfill: 'backfill',
  repeated: 'repeated',
  full: 'series_full',
  streams: 'streams_full',
  admission: 'admission',
  overload: 'overload',
  skipped: 'too_many_rows',
  unsuitable: 'unsuitable',
  own: 'own_telemetry',
  scoreSeries: 'score_series',
} as const;
type Unscored = keyof typeof unscoredReasons;

/** Items of one signal that were offered, and those that were not scored. Counters are held, so that adding is cheap. */
export interface SignalCounts {
  readonly items: Counter;
  readonly unscored: Readonly<Record<Unscored, Counter>>;
  misplaced(where: Misplaced): void;
  traffic(): { readonly scored: number; readonly unscored: number };
}

export type IntakeCounts = Readonly<Record<Signal, SignalCounts>>;

export function createIntakeCounts(metrics: SelfMetrics): IntakeCounts {
  return Object.fromEntries(signals.map((signal) => [signal, countsOf(signal, metrics)])) as IntakeCounts;
}

function countsOf(signal: Signal, metrics: SelfMetrics): SignalCounts {
  const name = 'sentinel_score_items_total';
  const items = metrics.counter({ name, help: 'Items offered to scoring.', labels: { signal } });
  const counters = Object.entries(unscoredReasons).map(([key, reason]) => {
    const help = 'Items that were forwarded but not scored, by reason.';
    return [key, metrics.counter({ name: 'sentinel_unscored_items_total', help, labels: { signal, reason } })];
  });
  const unscored = Object.fromEntries(counters) as Record<Unscored, Counter>;
  return {
    items,
    unscored,
    misplaced: (where) => unscored[where].add(1),
    traffic() {
      const left = Object.values(unscored).reduce((sum, counter) => sum + counter.value, 0);
      return { scored: Math.max(0, items.value - left), unscored: left };
    },
  };
}
