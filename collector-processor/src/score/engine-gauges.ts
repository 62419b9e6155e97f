import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { BucketWindow } from './buckets/bucket-window.ts';
import { type Coverage, unsuitableReasons } from './coverage.ts';
import type { History } from './history.ts';
import type { SeriesStore } from './state/series-store.ts';
import type { StreamStore } from './state/stream-store.ts';
import type { ServiceLinks } from './traces/service-links.ts';

interface Gauged {
  readonly series: SeriesStore;
  readonly streams: StreamStore;
  readonly coverage: Coverage;
  readonly history: History;
  readonly window: BucketWindow;
  readonly links: ServiceLinks;
  readonly nowMs: () => number;
}

/** What an engine holds, as metrics. */
export function registerEngineGauges(
  metrics: SelfMetrics,
  { series, streams, coverage, history, window, links, nowMs }: Gauged,
): void {
  for (const state of ['scored', 'learning', 'silent', 'evicted', 'unsuitable', 'light'] as const) {
    const help = 'Series by state of coverage.';
    metrics.gauge({ name: 'sentinel_series', help, labels: { state } }, () => coverage.counts()[state] ?? 0);
  }
  for (const reason of unsuitableReasons) {
    const help = 'Unsuitable series by what is the matter with them.';
    metrics.gauge(
      { name: 'sentinel_series_unsuitable', help, labels: { reason } },
      () => coverage.unsuitable()[reason],
    );
  }
  const left = 'Seconds until the last of the learning series is judged; 0: none is learning.';
  metrics.gauge({ name: 'sentinel_learning_left_seconds', help: left }, () => {
    const { learnedAtMs = 0 } = coverage.counts();
    return Math.max(0, learnedAtMs - nowMs()) / 1000;
  });
  metrics.gauge({ name: 'sentinel_series_used', help: 'Places taken in the series store.' }, () => series.size);
  metrics.gauge({ name: 'sentinel_streams', help: 'Raw metric streams that are followed.' }, () => streams.size);
  metrics.gauge(
    { name: 'sentinel_service_links', help: 'Calls between two services that spans have shown.' },
    () => links.size,
  );
  metrics.gauge({ name: 'sentinel_history_series', help: 'Series whose score history is kept.' }, () => history.size);
  const skipped = 'Buckets that were never closed because too many were due at once.';
  metrics.gauge({ name: 'sentinel_buckets_skipped', help: skipped }, () => window.skipped);
}
