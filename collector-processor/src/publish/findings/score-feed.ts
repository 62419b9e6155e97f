import type { ScoredBucket, Series } from '../../model/anomaly.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { encodeLabels, encodeScores } from './encode-scores.ts';
import type { ScoreSeriesOptions } from './finding-options.ts';
import { scoreLabels } from './score-labels.ts';
import { createScoreSelection } from './score-selection.ts';

interface ScoreFeedParts {
  readonly options: ScoreSeriesOptions;
  readonly mask: Mask;
  /** Id of the finding that is open on the series. */
  readonly openFinding: (seriesId: string) => string | undefined;
  readonly metrics: SelfMetrics;
}

export interface ScoreFeed {
  /** Whether the bucket is to be published. */
  admits(bucket: ScoredBucket): boolean;
  encode(buckets: readonly ScoredBucket[]): Uint8Array;
}

/** Selection at once, labels when the request is made: a thousand series that start together cost no one pause. */
export function createScoreFeed({ options, mask, openFinding, metrics }: ScoreFeedParts): ScoreFeed {
  const selection = createScoreSelection(options);
  const cache = new Map<string, Uint8Array>();
  const beyondCap = metrics.counter({
    name: 'sentinel_score_series_dropped_total',
    help: 'Scored buckets that were not published because of the cap on score series.',
  });
  metrics.gauge({ name: 'sentinel_score_series', help: 'Score series that are published.' }, () => selection.size);

  function labelsOf(series: Series): Uint8Array {
    const known = cache.get(series.id);
    if (known !== undefined) return known;
    // Series that are no longer published leave entries behind: start over rather than track each.
    if (cache.size >= 2 * options.maxSeries) cache.clear();
    const labels = encodeLabels(scoreLabels(series, { options, mask }));
    cache.set(series.id, labels);
    return labels;
  }

  return {
    admits(bucket) {
      if (!Number.isFinite(bucket.score)) return false;
      const verdict = selection.judge(bucket);
      if (verdict === 'full') beyondCap.add(1);
      return verdict === 'publish';
    },
    encode(buckets) {
      const labelled = buckets.map((bucket) => ({
        bucket,
        labels: labelsOf(bucket.series),
        findingId: openFinding(bucket.series.id),
      }));
      return encodeScores(labelled, options.series);
    },
  };
}
