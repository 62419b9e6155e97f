import type { Pipeline } from '../pipeline.ts';
import type { ReadingTaker } from '../reading.ts';
import { MINUTE_MS } from '../series/season.ts';
import type { Export, Service } from './service.ts';

export interface FleetRun {
  readonly pipeline: Pipeline;
  readonly services: readonly Service[];
  readonly startMs: number;
  readonly endMs: number;
  /** Hears what every stream showed in a minute, as a store of metrics would. */
  readonly onReading: ReadingTaker;
}

/** Lets all services export minute by minute; what is sent arrives in the order in which it was sent. */
export function runFleet({ pipeline, services, startMs, endMs, onReading }: FleetRun): void {
  let waiting: Export[] = [];
  for (let minute = startMs; minute < endMs; minute += MINUTE_MS) {
    const next = minute + MINUTE_MS;
    for (const service of services) {
      const { spec } = service;
      // Bodies are written anew by the next export of the same instance, a minute later: what is late needs a copy.
      const keep = (sent: Export): number => {
        return waiting.push(sent.sentMs < next ? sent : { ...sent, bytes: sent.bytes.slice() });
      };
      service.minute(minute, keep).forEach((seen, stream) => {
        const { name } = spec.streams[stream]!;
        onReading({ service: spec.name, where: name.metric, form: name.form, timeMs: next }, seen);
      });
    }
    waiting.sort((a, b) => a.sentMs - b.sentMs);
    const due = waiting.findIndex(({ sentMs }) => sentMs >= next);
    const ready = due < 0 ? waiting : waiting.slice(0, due);
    waiting = due < 0 ? [] : waiting.slice(due);
    for (const { bytes, sentMs } of ready) {
      pipeline.moveTo(sentMs);
      pipeline.take('metrics', bytes);
    }
  }
  pipeline.moveTo(endMs);
}
