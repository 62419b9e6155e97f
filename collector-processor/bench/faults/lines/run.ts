import type { Pipeline } from '../pipeline.ts';
import type { RivalWatch } from '../rivals/watch.ts';
import { MINUTE_MS } from '../series/season.ts';
import type { LineKind } from './line-kinds.ts';
import type { WritersPlan } from './plan.ts';
import type { LineSource } from './writer.ts';

const FLUSH_MS = 5000;
const DELAY_MS = 300;

/** Lets services write; rivals see the lines of a minute of each kind that they have seen before, and of each severity. */
export function runWriters({ writers, startMs, endMs }: WritersPlan, pipeline: Pipeline, rivals: RivalWatch): void {
  const minute = new Map<LineSource, Map<LineKind, number>>();
  for (let tick = startMs; tick < endMs; tick += FLUSH_MS) {
    pipeline.moveTo(tick + FLUSH_MS + DELAY_MS);
    for (const writer of writers) {
      const { bytes, counts } = writer.tick(tick, FLUSH_MS);
      if (bytes !== undefined) pipeline.take('logs', bytes);
      const sums = minute.get(writer) ?? new Map<LineKind, number>();
      for (const [kind, count] of counts) sums.set(kind, (sums.get(kind) ?? 0) + count);
      minute.set(writer, sums);
    }
    if ((tick + FLUSH_MS) % MINUTE_MS !== 0) continue;
    for (const [writer, sums] of minute) tellRivals(writer, sums, { timeMs: tick + FLUSH_MS, rivals });
    minute.clear();
  }
  pipeline.moveTo(endMs);
}

function tellRivals(
  { spec: { service } }: LineSource,
  sums: ReadonlyMap<LineKind, number>,
  { timeMs, rivals }: { readonly timeMs: number; readonly rivals: RivalWatch },
): void {
  const severities = new Map<string, number>();
  for (const [{ mark, severity }, count] of sums) {
    rivals.value({ service, where: mark, form: 'gauge', timeMs }, 'template_rate', count);
    severities.set(severity, (severities.get(severity) ?? 0) + count);
  }
  for (const [severity, count] of severities) {
    rivals.value({ service, where: severity, form: 'gauge', timeMs }, 'severity_rate', count);
  }
}
