/** Curves of made series: quiet within their band, and out of it while their anomaly lasts. */
import type { ScoreHistory } from '../../collector-processor/src/api/providers.ts';
import type { Anomaly } from '../../collector-processor/src/model/anomaly.ts';

const AROUND_MS = 40 * 60_000;

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** As a sidecar keeps it that has watched the series for a while before and after. */
export function historyOf(anomaly: Anomaly, range: Range): ScoreHistory {
  const { series, startMs, peakMs, endMs, stepMs, peakScore, observed, expected, lower, upper } = anomaly;
  const first = Math.max(startMs - AROUND_MS, range.fromMs);
  const last = Math.min(endMs + AROUND_MS, range.toMs, Date.now());
  const timeMs = Array.from({ length: Math.max(0, Math.floor((last - first) / stepMs)) }, (_, i) => first + i * stepMs);
  /** 0 while all is well, 1 at the peak. */
  const oddness = timeMs.map((time) =>
    time < startMs || time > endMs
      ? 0
      : 1 - 0.6 * Math.min(1, Math.abs(time - peakMs) / Math.max(stepMs, endMs - startMs)),
  );
  const wave = timeMs.map((time) => 0.7 * Math.sin(time / 170_000) * Math.sin(time / 47_000));
  return {
    series,
    title: anomaly.sentence,
    stepMs,
    timeMs,
    value: wave.map((part, i) => expected + ((upper - lower) / 2) * part + (oddness[i] ?? 0) * (observed - expected)),
    score: wave.map((part, i) => 0.4 * Math.abs(part) + (oddness[i] ?? 0) * peakScore),
    expected: timeMs.map(() => expected),
    lower: timeMs.map(() => lower),
    upper: timeMs.map(() => upper),
  };
}
