import { silentLogger } from '../../../runtime/logger.ts';
import { createSelfMetrics } from '../../../runtime/self-metrics.ts';
import { createLogMetrics } from '../log-metrics.ts';
import type { LogRecord } from '../record.ts';
import { SegmentLog, type SegmentLogOptions } from '../segment-log.ts';
import { SegmentReader } from '../segment-reader.ts';
import { MemoryFiles } from './memory-files.ts';

export const FOLDER = '/log';

/** A log on a disk in memory; `reopen` is the next process on the same disk. */
export function createLogBench(options: Partial<SegmentLogOptions> = {}, files = new MemoryFiles()) {
  const selfMetrics = createSelfMetrics();
  const metrics = createLogMetrics({ log: 'wal', metrics: selfMetrics, logger: silentLogger, folder: FOLDER });
  let nowMs = 0;
  const log = new SegmentLog({
    files,
    metrics,
    options: { folder: FOLDER, maxSize: 1_000_000, segmentSize: 100_000, ...options },
    monotonicMs: () => nowMs,
  });

  const append = (text: string) => log.append({ description: { text }, body: Buffer.from(text) });

  async function records(): Promise<LogRecord[]> {
    const found: LogRecord[] = [];
    for (const segment of log.segments) {
      const reader = new SegmentReader(await files.open(segment.path));
      for (let step = await reader.next(segment.bytes); step.kind !== 'end'; step = await reader.next(segment.bytes)) {
        if (step.kind === 'record') found.push(step.record);
      }
    }
    return found;
  }

  return {
    log,
    files,
    append,
    records,
    bodies: async () => (await records()).map(({ body }) => Buffer.from(body).toString()),
    pass: (ms: number) => {
      nowMs += ms;
    },
    count: (name: string) =>
      selfMetrics
        .samples()
        .filter((sample) => sample.name === `sentinel_wal_${name}`)
        .reduce((sum, { value }) => sum + value, 0),
    async reopen() {
      const next = createLogBench(options, files);
      await next.log.open(1);
      return next;
    },
  };
}
