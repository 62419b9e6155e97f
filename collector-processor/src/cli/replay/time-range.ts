import type { TelemetryColumns } from '../../model/columns.ts';

export interface TimeRange {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Of the items that have a time; undefined when none has one. */
export function timeRange(columns: TelemetryColumns): TimeRange | undefined {
  const times = columns.signal === 'traces' ? columns.endMs : columns.timeMs;
  let firstMs = Infinity;
  let lastMs = -Infinity;
  for (let row = 0; row < columns.count; row++) {
    const time = times[row] as number;
    if (!(time > 0)) continue;
    if (time < firstMs) firstMs = time;
    if (time > lastMs) lastMs = time;
  }
  return lastMs < 0 ? undefined : { firstMs, lastMs };
}
