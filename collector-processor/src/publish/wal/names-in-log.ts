import { type Files, reading } from './files.ts';
import type { LogMetrics } from './log-metrics.ts';
import type { LogRecord } from './record.ts';
import { SegmentReader } from './segment-reader.ts';
import type { Segment } from './segment.ts';

interface NamesParts {
  readonly files: Files;
  readonly segments: readonly Segment[];
  /** Backends that the record names as owed. */
  readonly owedOf: (record: LogRecord) => readonly string[];
  readonly metrics: LogMetrics;
}

/** Backends that records on disk are owed to. Reads all of them: for a log whose cursors are lost. Never rejects. */
export async function namesInLog({ files, segments, owedOf, metrics }: NamesParts): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const segment of segments) {
    try {
      await reading(files, segment.path, async (file) => {
        const reader = new SegmentReader(file);
        for (
          let step = await reader.next(segment.bytes);
          step.kind !== 'end';
          step = await reader.next(segment.bytes)
        ) {
          if (step.kind === 'record') for (const name of owedOf(step.record)) names.add(name);
        }
      });
    } catch (error) {
      metrics.failed(error);
    }
  }
  return names;
}
