import { createDecoder } from '../../src/decode/decoder.ts';
import type { AnomalyEvent, Change, ScoredBucket } from '../../src/model/anomaly.ts';
import type { Signal } from '../../src/model/signal.ts';
import { createMask } from '../../src/runtime/masking.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { createEngine } from '../../src/score/engine.ts';
import type { ScoreOptions } from '../../src/score/options.ts';
import { detectors } from '../../src/score/registry.ts';
import { shippedOptions } from '../../src/score/testing/test-options.ts';
import { decodeOptions } from '../../src/testing/decode-options.ts';
import { createSightings, type Sighting } from './sighting.ts';

/** The product's decoder and score stage with shipped settings; time goes by as the caller says. */
export interface Pipeline {
  /** Event time goes on to here; buckets are closed on the way. */
  moveTo(ms: number): void;
  take(signal: Signal, bytes: Uint8Array): void;
  sightings(): Sighting[];
  nowMs(): number;
  /** The score stage itself, for what it knows beside findings. */
  readonly engine: ReturnType<typeof createEngine>;
  /** Value of a metric of the pipeline's own, over all labels. */
  counted(name: string): number;
}

/** Who hears of what the score stage makes. */
export interface Listeners {
  readonly scores?: (scores: readonly ScoredBucket[]) => void;
  readonly anomaly?: (event: AnomalyEvent) => void;
  readonly change?: (change: Change) => void;
}

/** How often due buckets are closed, event time. */
const TICK_MS = 1000;

/** Tables are sized for what is generated, so that nothing is evicted for want of room. */
const room = { maxSeries: 20_000, maxStreams: 40_000, maxHistogramCounts: 2 ** 20, maxOpenAnomalies: 10_000 };

export function createPipeline(
  startMs: number,
  changes: Partial<ScoreOptions> = {},
  listeners: Listeners = {},
): Pipeline {
  const options = { ...shippedOptions(), ...room, ...changes };
  const metrics = createSelfMetrics();
  const limits = { maxSymbols: 200_000, maxResources: 20_000, maxResourceMemory: 2 ** 25, maxItems: 200_000 };
  const decoder = createDecoder({ options: decodeOptions({ ...limits, maxDetails: 200_000 }), metrics });
  let nowMs = startMs;
  let ids = 0;
  const sightings = createSightings(() => nowMs);
  const engine = createEngine({
    ...{ options, detectors, metrics, readAttributes: decoder.attributes, mask: createMask([]) },
    nowMs: () => nowMs,
    newId: () => (++ids).toString(16).padStart(32, '0'),
    onScores: (scores) => listeners.scores?.(scores),
    onAnomaly(event) {
      sightings.onAnomaly(event);
      listeners.anomaly?.(event);
    },
    onChange: (change) => listeners.change?.(change),
  });
  return {
    moveTo(ms) {
      while (nowMs < ms) {
        nowMs = Math.min(ms, (Math.floor(nowMs / TICK_MS) + 1) * TICK_MS);
        if (nowMs % TICK_MS !== 0) continue;
        const closing = engine.close();
        while (closing.next().done !== true);
      }
    },
    take(signal, bytes) {
      const result = decoder.decode(signal, bytes);
      if (result.kind === 'malformed') throw new Error(result.reason);
      engine.accept(result.columns, '');
    },
    sightings: sightings.all,
    nowMs: () => nowMs,
    engine,
    counted: (name) =>
      metrics
        .samples()
        .filter((sample) => sample.name === name)
        .reduce((sum, { value }) => sum + value, 0),
  };
}
