import type { Settings } from '../../config/schema.ts';
import type { Status } from '../../contract/health.ts';
import { createDecoder } from '../../decode/decoder.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import type { Demand } from '../../score/memory-estimate.ts';
import type { ApiClient } from '../api-client.ts';
import { decodeOnce } from '../replay/decode-once.ts';
import { fileRequests } from '../replay/inputs/open-file.ts';
import { readRecordings } from '../replay/read-recordings.ts';
import { createReplayer, REQUEST_BUCKETS } from '../replay/replayer.ts';

const CHUNK_BYTES = 256 * 1024;
const MAX_GAP_MS = 86_400_000;

/** Of what was read, within the limits of the settings: `light` streams found no place among the series. */
export interface DemandOfFiles extends Demand {
  readonly light: number;
}

/** What the telemetry of these files would make: it is scored as a replay does. */
export async function demandOfFiles(files: readonly string[], settings: Settings): Promise<DemandOfFiles> {
  const metrics = createSelfMetrics();
  const decoder = createDecoder({ options: settings.decode, metrics });
  const { score, receivers } = settings;
  const replayer = createReplayer({
    ...{ options: score, maskPatterns: [], tenant: '', decoder: decodeOnce(decoder), maxGapMs: MAX_GAP_MS, metrics },
    ...{ onAnomaly: () => undefined, onScores: () => undefined },
  });
  const recordings = files.map((path) =>
    fileRequests({
      ...{ path, stdin: process.stdin, format: undefined, signal: undefined, metric: undefined, service: undefined },
      ...{ maxMessage: receivers.otlp.maxRequestSize, chunkBytes: CHUNK_BYTES },
      transcode: (signal, json) => decoder.transcode(signal, json),
    }),
  );
  const longestMs = (REQUEST_BUCKETS - 1) * score.bucket;
  const reading = { decoder: replayer.decoder, bucketMs: score.bucket, longestMs };
  for await (const telemetry of readRecordings(recordings, reading)) replayer.accept(telemetry);
  return {
    series: gauge(metrics.render(), 'sentinel_series_used'),
    streams: gauge(metrics.render(), 'sentinel_streams'),
    light: replayer.coverage()?.light ?? 0,
  };
}

/** What a Sentinel that runs watches now, and what that costs it. */
export async function demandOfApi(api: ApiClient): Promise<Demand & { readonly residentBytes: number }> {
  const { memory } = await api.json<Status>('/api/v1/status');
  const text = new TextDecoder().decode(await api.bytes('/metrics'));
  return {
    series: gauge(text, 'sentinel_series_used'),
    streams: gauge(text, 'sentinel_streams'),
    residentBytes: memory.rssBytes,
  };
}

function gauge(metrics: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0);
}
