import { messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { StoredStep } from '../../score/tuning/tuning-effect.ts';

export interface ArchiveOptions {
  /** Base address of VictoriaMetrics; empty for none. */
  readonly metricsUrl: string;
  readonly lookback: number;
  readonly maxPoints: number;
  readonly timeout: number;
}

export interface ArchiveParts {
  readonly options: ArchiveOptions;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Scores of the past in the metrics store. */
export interface ScoreArchive {
  /** Steps of each series before a time, oldest first; nothing when the store does not answer. */
  read(beforeMs: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, StoredStep[]>>;
}

interface StoredNumbers {
  readonly score?: number;
  readonly value?: number;
  readonly expected?: number;
}

type Numbers = Map<number, StoredNumbers>;
/** Score series by what they hold; `y` is published only when the settings say so. */
const names = { anomaly_score: 'score', y: 'value', yhat: 'expected' } as const;
/** Ids in one question. */
const MAX_SERIES = 50;

interface Exported {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (number | null)[];
  readonly timestamps: readonly number[];
}

export function createScoreArchive({ options, fetch, nowMs, logger, metrics }: ArchiveParts): ScoreArchive {
  const { metricsUrl, lookback, maxPoints, timeout } = options;
  const failures: Counter = metrics.counter({
    name: 'sentinel_feedback_archive_failures_total',
    help: 'Questions to the metrics store for stored scores that failed; effects then cover what memory holds.',
  });

  async function ask(ids: readonly string[]): Promise<string> {
    const match = `{__name__=~"${Object.keys(names).join('|')}",series_id=~"${ids.join('|')}"}`;
    const start = String(Math.floor((nowMs() - lookback) / 1000));
    const params = new URLSearchParams({ 'match[]': match, start });
    const base = metricsUrl.endsWith('/') ? metricsUrl : `${metricsUrl}/`;
    const address = new URL(`api/v1/export?${params.toString()}`, base);
    const response = await fetch(address, { signal: AbortSignal.timeout(timeout) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return response.text();
  }

  return {
    async read(beforeMs) {
      const ids = [...beforeMs.keys()].slice(0, MAX_SERIES);
      if (metricsUrl === '' || ids.length === 0) return new Map();
      try {
        return parse(await ask(ids), beforeMs, maxPoints);
      } catch (error) {
        failures.add(1);
        logger.warn(
          { error: messageOf(error) },
          'The metrics store gave no scores; the effect covers what memory holds.',
        );
        return new Map();
      }
    },
  };
}

function parse(text: string, beforeMs: ReadonlyMap<string, number>, maxPoints: number): Map<string, StoredStep[]> {
  const bySeries = new Map<string, Numbers>();
  let points = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const { metric, values, timestamps } = JSON.parse(line) as Exported;
    const { __name__: name = '', series_id: id = '' } = metric;
    if (!Object.hasOwn(names, name)) continue;
    const numbers = bySeries.get(id) ?? new Map<number, StoredNumbers>();
    bySeries.set(id, numbers);
    for (const [at, timeMs] of timestamps.entries()) {
      const value = values[at];
      if (timeMs >= (beforeMs.get(id) ?? Infinity) || typeof value !== 'number') continue;
      if (points++ >= maxPoints) break;
      numbers.set(timeMs, { ...numbers.get(timeMs), [names[name as keyof typeof names]]: value });
    }
  }
  return new Map([...bySeries].map(([id, numbers]) => [id, stepsOf(numbers)]));
}

function stepsOf(numbers: Numbers): StoredStep[] {
  return [...numbers]
    .flatMap(([timeMs, { score, value = NaN, expected = NaN }]) =>
      score === undefined ? [] : [{ timeMs, score, ungated: score, value, expected }],
    )
    .toSorted((a, b) => a.timeMs - b.timeMs);
}
