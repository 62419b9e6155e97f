import type { Settings } from '../../config/schema.ts';
import { createDecoder } from '../../decode/decoder.ts';
import type { Anomaly } from '../../model/anomaly.ts';
import { systemClock } from '../../runtime/clock.ts';
import { createLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import type { CommandContext } from '../command.ts';
import { shadowText } from '../shadow-text.ts';
import { decodeOnce } from './decode-once.ts';
import type { Transcode } from './inputs/otlp-lines.ts';
import { createOutlets } from './outlets.ts';
import { readRecordings } from './read-recordings.ts';
import { createReplayer, REQUEST_BUCKETS } from './replayer.ts';
import { findingJson, findingLine, summaryText } from './report.ts';
import type { Recording } from './telemetry.ts';

export interface ReplayOptions extends Pick<CommandContext, 'stdout' | 'stderr'> {
  readonly settings: Settings;
  readonly recordings: (transcode: Transcode) => readonly Recording[];
  readonly tenant: string;
  readonly maxGapMs: number;
  readonly json: boolean;
  /** Whether findings, and whether the telemetry itself, are sent to the configured backends. */
  readonly publish: boolean;
  readonly forward: boolean;
}

/** Reads recordings to their end and prints each finding when it is over, and those that never were at the end. */
export async function runReplay(options: ReplayOptions): Promise<void> {
  const { settings, tenant, stdout, stderr } = options;
  const print = options.json ? findingJson : findingLine;
  const metrics = createSelfMetrics();
  const logger = createLogger('warn');
  const decoder = createDecoder({ options: settings.decode, metrics });
  const transcode: Transcode = (signal, json) => decoder.transcode(signal, json);
  const told = { findings: 0, pages: 0 };

  function tell(anomaly: Anomaly): void {
    told.findings++;
    if (anomaly.border === 'page') told.pages++;
    stdout.write(print(anomaly));
  }

  const replayer = createReplayer({
    options: settings.score,
    maskPatterns: settings.score.maskPatterns,
    tenant,
    decoder: decodeOnce(decoder),
    maxGapMs: options.maxGapMs,
    metrics,
    onAnomaly(event) {
      if (event.kind === 'closed') tell(event.anomaly);
      outlets.anomaly(event);
    },
    onScores: (buckets) => outlets.scores(buckets),
  });
  const { publish, forward } = options;
  const { nowMs: eventNowMs } = replayer;
  const parts = { settings, tenant, forward, publish, transcode, clock: systemClock, eventNowMs, logger, metrics };
  const outlets = createOutlets(parts);
  const bucketMs = settings.score.bucket;
  const reading = { decoder: replayer.decoder, bucketMs, longestMs: (REQUEST_BUCKETS - 1) * bucketMs };
  const startedMs = systemClock.monotonicMs();
  await outlets.start();
  try {
    for await (const telemetry of readRecordings(options.recordings(transcode), reading)) {
      replayer.accept(telemetry);
      await outlets.pass(telemetry);
    }
  } finally {
    // Also of a recording that breaks off everything that was read is judged.
    replayer.finish();
    for (const anomaly of replayer.open()) tell(anomaly);
    await outlets.stop();
    const tookMs = systemClock.monotonicMs() - startedMs;
    const coverage = { ...replayer.coverage() };
    stderr.write(summaryText({ counts: replayer.counts(), ...told, coverage, metrics, tookMs }));
    const shadow = replayer.shadow();
    if (shadow !== undefined) stderr.write(shadowText(shadow));
  }
}
