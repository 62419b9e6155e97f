import type { ScoredBucket } from '../../model/anomaly.ts';
import type { ScoreSeriesOptions } from './finding-options.ts';

/** A series that has not been published for that long (event time) gives its place away. */
const IDLE_MS = 10 * 60_000;

type SelectionVerdict = 'publish' | 'quiet' | 'full';

export interface ScoreSelection {
  /** `full`: it should be published, and the cap is reached. */
  judge(bucket: ScoredBucket): SelectionVerdict;
  /** Series that are published now. */
  readonly size: number;
}

interface Place {
  readonly seenMs: number;
  /** When its score was last at or above the border; -Infinity: never. */
  readonly oddMs: number;
}

/**
 * Which series are published: those of spans and the chosen metrics always, any other while its score is at the border and
 * some time after. At the cap a series that is odd takes the place of the quiet one that was published longest ago.
 */
export function createScoreSelection(
  options: Pick<ScoreSeriesOptions, 'minScore' | 'linger' | 'always' | 'maxSeries'>,
): ScoreSelection {
  /** In order of publishing, the one published longest ago first. */
  const quiet = new Map<string, Place>();
  const odd = new Map<string, Place>();
  const always = matcherOf(options.always);

  function freePlace(nowMs: number, urgent: boolean): boolean {
    if (quiet.size + odd.size < options.maxSeries) return true;
    for (const places of [quiet, odd]) {
      const [oldest] = places;
      if (oldest === undefined || (nowMs - oldest[1].seenMs < IDLE_MS && !(urgent && places === quiet))) continue;
      places.delete(oldest[0]);
      return true;
    }
    return false;
  }

  return {
    get size() {
      return quiet.size + odd.size;
    },
    judge({ series, score, timeMs }) {
      const known = odd.get(series.id) ?? quiet.get(series.id);
      const isOdd = score >= options.minScore;
      const oddMs = isOdd ? timeMs : (known?.oddMs ?? -Infinity);
      const lingers = timeMs - oddMs <= options.linger;
      odd.delete(series.id);
      quiet.delete(series.id);
      if (!lingers && !always(series)) return 'quiet';
      if (known === undefined && !freePlace(timeMs, isOdd)) return 'full';
      (lingers ? odd : quiet).set(series.id, { seenMs: timeMs, oddMs });
      return 'publish';
    },
  };
}

function matcherOf(patterns: readonly string[]): (series: ScoredBucket['series']) => boolean {
  const names = new Set(patterns.filter((pattern) => !pattern.endsWith('*')));
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  return ({ signal, metric = '' }) => {
    if (signal === 'traces') return true;
    return metric !== '' && (names.has(metric) || prefixes.some((prefix) => metric.startsWith(prefix)));
  };
}
