import type { Anomaly, AnomalyEvent, Change, ScoredBucket } from '../../model/anomaly.ts';
import { createMask } from '../../runtime/masking.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { createEngine, type EngineParts } from '../engine.ts';
import type { ScoreOptions } from '../options.ts';
import { detectors } from '../registry.ts';
import { Tunings } from '../tuning/tunings.ts';
import {
  logColumns,
  pointColumns,
  readTestAttributes,
  spanColumns,
  type TestPoint,
  type TestRecord,
  type TestSpan,
} from './columns.ts';
import { resourceOf, type TestResource } from './resources.ts';
import { testOptions } from './test-options.ts';

/** Noon, so that a bucket of any usual length starts here. */
export const START_MS = Date.UTC(2026, 2, 3, 12);

/** An engine whose time goes by when the test says so, and everything it told. */
export function createWorld(
  changes: Partial<ScoreOptions> = {},
  startMs = START_MS,
  past?: EngineParts['past'],
  tunings = new Tunings(),
) {
  const options = testOptions({ bucket: 1000, ...changes });
  const metrics = createSelfMetrics();
  const events: AnomalyEvent[] = [];
  const scores: ScoredBucket[] = [];
  const told: Change[] = [];
  let nowMs = startMs;
  let ids = 0;
  const engine = createEngine({
    ...{ options, detectors, tunings, metrics, readAttributes: readTestAttributes, mask: createMask([]) },
    past,
    nowMs: () => nowMs,
    newId: () => (++ids).toString(16).padStart(32, '0'),
    onScores: (buckets) => scores.push(...buckets),
    onAnomaly: (event) => events.push(event),
    onChange: (change) => told.push(change),
  });

  /** Lets time go by, closing buckets on the way. */
  function advance(ms: number): void {
    for (const end = nowMs + ms; nowMs < end;) {
      nowMs = Math.min(end, nowMs + options.bucket);
      const closing = engine.close();
      while (closing.next().done !== true);
    }
  }

  return {
    ...{ engine, options, metrics, events, scores, changes: told, advance },
    nowMs: () => nowMs,
    /** Moves the clock and closes nothing. */
    setNow(ms: number) {
      nowMs = ms;
    },
    spans: (from: TestResource, spans: readonly TestSpan[], tenant = '') =>
      engine.accept(spanColumns(resourceOf(from), spans), tenant),
    points: (from: TestResource, points: readonly TestPoint[], tenant = '') =>
      engine.accept(pointColumns(resourceOf(from), points), tenant),
    logs: (from: TestResource, records: readonly TestRecord[], tenant = '') =>
      engine.accept(logColumns(resourceOf(from), records), tenant),
    opened: (): Anomaly[] => events.filter(({ kind }) => kind === 'opened').map(({ anomaly }) => anomaly),
    closed: (): Anomaly[] => events.filter(({ kind }) => kind === 'closed').map(({ anomaly }) => anomaly),
    counter: (name: string, label = '') =>
      metrics
        .render()
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
        .filter((line) => line.includes(label))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0),
  };
}

export type World = ReturnType<typeof createWorld>;
