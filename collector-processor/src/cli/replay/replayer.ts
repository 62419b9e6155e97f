import { createHash } from 'node:crypto';
import type { Decoder } from '../../decode/decoder.ts';
import type { AnomalyEvent, ScoredBucket } from '../../model/anomaly.ts';
import type { DecodeResult } from '../../model/columns.ts';
import { createMask } from '../../runtime/masking.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { createEngine } from '../../score/engine.ts';
import type { ScoreOptions } from '../../score/options.ts';
import { detectors } from '../../score/registry.ts';
import type { TimedTelemetry } from './read-recordings.ts';

export interface ReplayerParts {
  readonly options: ScoreOptions;
  readonly maskPatterns: readonly string[];
  readonly tenant: string;
  readonly decoder: Pick<Decoder, 'decode' | 'attributes'>;
  /** A longer stretch without telemetry is passed over, as if Sentinel had not run. */
  readonly maxGapMs: number;
  readonly metrics: SelfMetrics;
  readonly onAnomaly: (event: AnomalyEvent) => void;
  readonly onScores: (buckets: readonly ScoredBucket[]) => void;
}

export interface ReplayCounts {
  requests: number;
  items: number;
  malformed: number;
  gaps: number;
  firstMs: number;
  lastMs: number;
}

/** Buckets that one request may reach into; it is what scoring lets come ahead of the present here. */
export const REQUEST_BUCKETS = 64;
const ID_DIGITS = 32;

/**
 * The score stage with the time of the telemetry as its clock: "now" is the start of the request that comes next, in whole
 * buckets, so what is found does not depend on how requests were cut, nor on the machine. It never is over its budget.
 */
export function createReplayer(parts: ReplayerParts) {
  const { options, decoder, metrics, tenant, maxGapMs } = parts;
  const { bucket, lateBuckets } = options;
  const counts: ReplayCounts = { requests: 0, items: 0, malformed: 0, gaps: 0, firstMs: Infinity, lastMs: -Infinity };
  let nowMs = 0;
  let ids = 0;
  let engine: ReturnType<typeof createEngine> | undefined;

  function start(): ReturnType<typeof createEngine> {
    return createEngine({
      options: { ...options, futureBuckets: REQUEST_BUCKETS },
      detectors,
      readAttributes: decoder.attributes,
      mask: createMask(parts.maskPatterns),
      metrics,
      nowMs: () => nowMs,
      newId: () => createHash('sha256').update(`${nowMs} ${++ids}`).digest('hex').slice(0, ID_DIGITS),
      onScores: parts.onScores,
      onAnomaly: parts.onAnomaly,
      onChange: () => undefined,
    });
  }

  function close(): void {
    const closing = engine?.close();
    while (closing?.next().done === false);
  }

  function advance(toMs: number): void {
    while (nowMs + bucket <= toMs) {
      nowMs += bucket;
      close();
    }
  }

  /** Everything that was added up is judged before time goes on. */
  function jump(toMs: number): void {
    finish();
    nowMs = Math.max(nowMs, Math.floor(toMs / bucket) * bucket);
    engine?.passOver();
    counts.gaps++;
  }

  function finish(): void {
    if (engine !== undefined) advance((Math.floor(counts.lastMs / bucket) + 1 + lateBuckets) * bucket);
  }

  function accept({ range, ...telemetry }: TimedTelemetry): void {
    counts.requests++;
    const result: DecodeResult = decoder.decode(telemetry.signal, telemetry.protobuf);
    if (result.kind === 'malformed') {
      counts.malformed++;
      return;
    }
    if (range === undefined) return;
    if (engine === undefined) {
      nowMs = Math.floor(range.firstMs / bucket) * bucket;
      engine = start();
    } else if (range.firstMs - Math.max(nowMs, counts.lastMs) > maxGapMs) jump(range.firstMs);
    else advance(range.firstMs);
    counts.items += result.columns.count;
    counts.firstMs = Math.min(counts.firstMs, range.firstMs);
    counts.lastMs = Math.max(counts.lastMs, range.lastMs);
    engine.accept(result.columns, tenant);
  }

  return {
    decoder,
    accept,
    nowMs: () => nowMs,
    /** Judges what has been added up. To be called once, at the end. */
    finish,
    counts: (): Readonly<ReplayCounts> => counts,
    open: () => engine?.state.findings.anomalies() ?? [],
    coverage: () => engine?.coverage.counts(),
    /** What a second configuration would have told; undefined where none is set. */
    shadow: () => engine?.shadow?.report(),
  };
}
