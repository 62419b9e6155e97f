import { readCapped } from '../../publish/read-capped.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { StoredStep } from '../../score/tuning/tuning-effect.ts';

export interface ArchiveOptions {
  /** Base address of VictoriaMetrics; empty for none. */
  readonly metricsUrl: string;
  readonly lookback: number;
  readonly maxPoints: number;
  /** Bytes of one answer. */
  readonly maxAnswerSize: number;
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
  /** Newest steps of each series before a time, oldest first; what was read when the store does not answer. */
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
/** Of the first, newest stretch that is asked for; each further one is twice as long. */
const FIRST_SPAN_MS = 6 * 3_600_000;
/** Ids in one question. */
const MAX_SERIES = 50;

interface Exported {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (number | null)[];
  readonly timestamps: readonly number[];
}

export function createScoreArchive({ options, fetch, nowMs, logger, metrics }: ArchiveParts): ScoreArchive {
  const { metricsUrl, lookback, maxPoints, maxAnswerSize, timeout } = options;
  const failures: Counter = metrics.counter({
    name: 'sentinel_feedback_archive_failures_total',
    help: 'Questions to the metrics store for stored scores that failed; effects then cover what memory holds.',
  });

  /** Of a stretch of time. Throws when the answer is too long. */
  async function ask(ids: readonly string[], { fromMs, toMs }: Stretch, signal: AbortSignal): Promise<string> {
    const match = `{__name__=~"${Object.keys(names).join('|')}",series_id=~"${ids.join('|')}"}`;
    const params = new URLSearchParams({ 'match[]': match, start: String(fromMs / 1000), end: String(toMs / 1000) });
    const base = metricsUrl.endsWith('/') ? metricsUrl : `${metricsUrl}/`;
    const address = new URL(`api/v1/export?${params.toString()}`, base);
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const text = await readCapped(response, maxAnswerSize);
    if (text === undefined) throw new Error(`its answer is longer than ${maxAnswerSize} bytes`);
    return text;
  }

  return {
    async read(beforeMs) {
      const ids = [...beforeMs.keys()].slice(0, MAX_SERIES);
      const kept: Kept = { series: new Map(), points: 0 };
      if (metricsUrl === '' || ids.length === 0) return new Map();
      const signal = AbortSignal.timeout(timeout);
      const oldestMs = Math.floor(nowMs() - lookback);
      let toMs = Math.ceil(Math.min(nowMs(), Math.max(...ids.map((id) => beforeMs.get(id) ?? Infinity))));
      try {
        // The newest first, so that whatever is not read is the oldest.
        for (let span = FIRST_SPAN_MS; toMs > oldestMs && kept.points < maxPoints; span *= 2) {
          const fromMs = Math.max(oldestMs, toMs - span);
          take(kept, await ask(ids, { fromMs, toMs }, signal), { beforeMs, maxPoints });
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

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
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
function take(kept: Kept, text: string, { beforeMs, maxPoints }: Limits): void {
  const rows = text.split('\n').filter((line) => line !== '');
  const each = Math.floor((maxPoints - kept.points) / Math.max(1, rows.length));
  for (const line of rows) {
    const { metric, values, timestamps } = JSON.parse(line) as Exported;
    const { __name__: name = '', series_id: id = '' } = metric;
    if (!Object.hasOwn(names, name)) continue;
    const numbers = kept.series.get(id) ?? new Map<number, StoredNumbers>();
    kept.series.set(id, numbers);
    const steps = newestFirst({ timestamps, values }, beforeMs.get(id) ?? Infinity).slice(0, each);
    for (const [timeMs, value] of steps) {
      numbers.set(timeMs, { ...numbers.get(timeMs), [names[name as keyof typeof names]]: value });
    }
    kept.points += steps.length;
  }
  // What is left over is less than a point a row: as much as may be was taken.
  if (each === 0) kept.points = maxPoints;
}

function newestFirst({ timestamps, values }: Omit<Exported, 'metric'>, beforeMs: number): [number, number][] {
  return timestamps
    .flatMap((timeMs, at): [number, number][] => {
      const value = values[at];
      return timeMs < beforeMs && typeof value === 'number' ? [[timeMs, value]] : [];
    })
    .reverse();
}

function stepsOf(numbers: Numbers): StoredStep[] {
  return [...numbers]
    .flatMap(([timeMs, { score, value = NaN, expected = NaN }]) =>
      score === undefined ? [] : [{ timeMs, score, ungated: score, value, expected }],
    )
    .toSorted((a, b) => a.timeMs - b.timeMs);
}
