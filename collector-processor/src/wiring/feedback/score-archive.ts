import type { ExportedSeries, MetricsStore, StoredValue } from '../../publish/history/metrics-store.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { StoredStep } from '../../score/tuning/tuning-effect.ts';

export interface ArchiveOptions {
  readonly lookback: number;
  readonly maxPoints: number;
  /** For all answers together, milliseconds. */
  readonly timeout: number;
}

export interface ArchiveParts {
  readonly options: ArchiveOptions;
  /** Undefined where nobody holds scores. */
  readonly metricsStore: Pick<MetricsStore, 'exported'> | undefined;
  readonly nowMs: () => number;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Scores of the past in the metrics store. */
export interface ScoreArchive {
  /** Newest steps of each series of a tenant before a time, oldest first; what was read when the store does not answer. */
  read(tenant: string, beforeMs: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, StoredStep[]>>;
}

interface StoredNumbers {
  readonly score?: number;
  readonly value?: number;
  readonly expected?: number;
}

type Numbers = Map<number, StoredNumbers>;
/** Score series by what they hold; `y` is published only when the settings say so. */
const names = { anomaly_score: 'score', y: 'value', yhat: 'expected' } as const;
/** Of the first, newest stretch that is asked for; each further one is twice as long. */
const FIRST_SPAN_MS = 6 * 3_600_000;
/** Ids in one question. */
const MAX_SERIES = 50;

export function createScoreArchive({ options, metricsStore, nowMs, logger, metrics }: ArchiveParts): ScoreArchive {
  const { lookback, maxPoints, timeout } = options;
  const failures: Counter = metrics.counter({
    name: 'sentinel_feedback_archive_failures_total',
    help: 'Questions to the metrics store for stored scores that failed; effects then cover what memory holds.',
  });

  return {
    async read(tenant, beforeMs) {
      const ids = [...beforeMs.keys()].slice(0, MAX_SERIES);
      const kept: Kept = { series: new Map(), points: 0 };
      if (metricsStore === undefined || ids.length === 0) return new Map();
      const asking = { tenant, signal: AbortSignal.timeout(timeout) };
      const match = [`{__name__=~"${Object.keys(names).join('|')}",series_id=~"${ids.join('|')}"}`];
      const oldestMs = Math.floor(nowMs() - lookback);
      let toMs = Math.ceil(Math.min(nowMs(), Math.max(...ids.map((id) => beforeMs.get(id) ?? Infinity))));
      const limits = { beforeMs, maxPoints };
      try {
        // The newest first, so that whatever is not read is the oldest.
        for (let span = FIRST_SPAN_MS; toMs > oldestMs && kept.points < maxPoints; span *= 2) {
          const fromMs = Math.max(oldestMs, toMs - span);
          const rows: ExportedSeries[] = [];
          for await (const row of metricsStore.exported(match, { fromMs, toMs }, asking)) rows.push(row);
          take(kept, rows, limits);
          toMs = fromMs - 1;
        }
      } catch (error) {
        failures.add(1);
        const told = 'The metrics store did not give all scores; the effect covers the newest.';
        logger.warn({ error: messageOf(error) }, told);
      }
      return new Map([...kept.series].map(([id, numbers]) => [id, stepsOf(numbers)]));
    },
  };
}

interface Kept {
  readonly series: Map<string, Numbers>;
  points: number;
}

interface Limits {
  readonly beforeMs: ReadonlyMap<string, number>;
  readonly maxPoints: number;
}

/** Takes one answer in, of each row the newest first. */
function take(kept: Kept, rows: readonly ExportedSeries[], { beforeMs, maxPoints }: Limits): void {
  const each = Math.floor((maxPoints - kept.points) / Math.max(1, rows.length));
  for (const { labels, samples } of rows) {
    const { __name__: name = '', series_id: id = '' } = labels;
    if (!Object.hasOwn(names, name)) continue;
    const numbers = kept.series.get(id) ?? new Map<number, StoredNumbers>();
    kept.series.set(id, numbers);
    const steps = newestFirst(samples, beforeMs.get(id) ?? Infinity).slice(0, each);
    for (const { timeMs, value } of steps) {
      numbers.set(timeMs, { ...numbers.get(timeMs), [names[name as keyof typeof names]]: value });
    }
    kept.points += steps.length;
  }
  // What is left over is less than a point a row: as much as may be was taken.
  if (each === 0) kept.points = maxPoints;
}

function newestFirst(samples: readonly StoredValue[], beforeMs: number): StoredValue[] {
  return samples.filter(({ timeMs }) => timeMs < beforeMs).reverse();
}

function stepsOf(numbers: Numbers): StoredStep[] {
  return [...numbers]
    .flatMap(([timeMs, { score, value = NaN, expected = NaN }]) =>
      score === undefined ? [] : [{ timeMs, score, ungated: score, value, expected }],
    )
    .toSorted((a, b) => a.timeMs - b.timeMs);
}
