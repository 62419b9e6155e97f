import type { Measure, ScoredBucket } from '../model/anomaly.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import { hasTrace, traceHex } from './buckets/trace-ids.ts';
import type { History } from './history.ts';
import { valueOf } from './measure-profile.ts';
import type { Judgement } from './series-judge.ts';

export interface ScoreSelectionParts {
  readonly maxPublishedSeries: number;
  readonly history: History;
  readonly metrics: SelfMetrics;
  readonly onScores: (scores: readonly ScoredBucket[]) => void;
}

/** Below this a score is nobody's business, unless the series is a RED measure. */
const WORTH_PUBLISHING = 0.5;
/** Places in a bucket that calm series may not take. */
const RESERVED_SHARE = 0.1;
const BATCH = 500;
/** Of calls they are published all the time. */
const red: ReadonlySet<Measure> = new Set(['rate', 'error_ratio', 'p50', 'p95', 'p99']);

/** Which scored steps are published and kept as history: RED measures, and whatever is odd, up to a cap a bucket. */
export class ScoreSelection {
  private readonly parts: ScoreSelectionParts;
  private readonly unpublished: Counter;
  private batch: ScoredBucket[] = [];
  private taken = 0;

  constructor(parts: ScoreSelectionParts) {
    this.parts = parts;
    const help = 'Scored steps worth publishing that were over the cap.';
    this.unpublished = parts.metrics.counter({ name: 'sentinel_scores_unpublished_total', help });
  }

  startBucket(): void {
    this.taken = 0;
  }

  offer(judgement: Judgement): void {
    const { entry, score, expected } = judgement;
    if (Number.isNaN(score) || Number.isNaN(expected)) return;
    const odd = score >= WORTH_PUBLISHING;
    if (!odd && !(entry.series.signal === 'traces' && red.has(entry.measure))) {
      this.keep(judgement);
      return;
    }
    const { maxPublishedSeries } = this.parts;
    if (this.taken >= (odd ? 1 : 1 - RESERVED_SHARE) * maxPublishedSeries) {
      this.unpublished.add(1);
      return;
    }
    this.taken++;
    this.publish(judgement);
  }

  flush(): void {
    if (this.batch.length === 0) return;
    const { batch } = this;
    this.batch = [];
    this.parts.onScores(batch);
  }

  /** What direction, size or a rule kept quiet is history too: a change of rules is tried on it. */
  private keep({ entry, reading: { timeMs, value }, score, ungated, expected }: Judgement): void {
    if (ungated < WORTH_PUBLISHING) return;
    this.parts.history.add(entry.series.id, { timeMs, value, score, ungated, expected, lower: NaN, upper: NaN });
  }

  private publish({ entry, reading, step, verdict, profile, score, ungated, expected, span }: Judgement): void {
    const { value, timeMs, stepMs, frame, row, weight } = reading;
    const band = entry.ensemble.band(entry.at, entry.measure, step, verdict);
    const lower = valueOf(profile, band.lower, span);
    const upper = valueOf(profile, band.upper, span);
    this.parts.history.add(entry.series.id, { timeMs, value, score, ungated, expected, lower, upper });
    const exampleTraceIds = row >= 0 && hasTrace(frame.slowTrace, row) ? [traceHex(frame.slowTrace, row)] : [];
    const sampled = weight === 1 ? {} : { sampled: true as const };
    const numbers = { timeMs, stepMs, value, score, expected, lower, upper };
    this.batch.push({ series: entry.series, ...numbers, exampleTraceIds, ...sampled });
    if (this.batch.length >= BATCH) this.flush();
  }
}
